//! API keys: what each may do, and for how long.

use sea_orm::entity::prelude::*;

/// What a key is for, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Role {
    #[sea_orm(string_value = "READER")]
    Reader,
    #[sea_orm(string_value = "PARTNER")]
    Partner,
    #[sea_orm(string_value = "TRANSLATOR")]
    Translator,
    #[sea_orm(string_value = "EDITOR")]
    Editor,
    #[sea_orm(string_value = "PUBLISHER")]
    Publisher,
    #[sea_orm(string_value = "ADMIN")]
    Admin,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The natural key; never given again, not even after the key was revoked.
    #[sea_orm(unique)]
    pub name: String,
    pub role: Role,
    /// A list of BCP 47 tags in JSON; of translators alone, and of each.
    pub locales: Option<String>,
    pub created_at: DateTimeUtc,
    /// The name of the key that made it, or that of the command line.
    pub created_by: String,
    /// From when on it is not valid; `None`: it does not expire.
    pub expires_at: Option<DateTimeUtc>,
    /// `None`: it was not revoked. A revoked key has no secrets.
    pub revoked_at: Option<DateTimeUtc>,
    /// To the minute or so; `None`: never.
    pub last_used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
