//! Webhook endpoints: servers that are told what changed.

use std::fmt;

use sea_orm::entity::prelude::*;

/// Why an endpoint is told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Disabled {
    #[sea_orm(string_value = "ADMIN")]
    Admin,
    #[sea_orm(string_value = "GONE")]
    Gone,
    #[sea_orm(string_value = "FAILING")]
    Failing,
}

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoints")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub url: String,
    /// `""`: none was given.
    pub description: String,
    /// A list of event types in JSON; `None`: all.
    pub events: Option<String>,
    /// A list of BCP 47 tags in JSON; `None`: all.
    pub locales: Option<String>,
    /// What messages are signed with: `whsec_` and bytes in base64.
    pub secret: String,
    /// The one before, with which they are signed too, and until when.
    pub former_secret: Option<String>,
    pub former_secret_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// The name of the key that made it.
    pub created_by: String,
    /// `None`: it is told what changes.
    pub disabled_at: Option<DateTimeUtc>,
    pub disabled_because: Option<Disabled>,
    /// Since when every attempt failed; `None`: the last did not.
    pub failing_since: Option<DateTimeUtc>,
    /// `None`: never.
    pub last_delivered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Logs show neither the secrets nor the address, which may hold one.
impl fmt::Debug for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Model")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
