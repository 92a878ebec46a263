//! Messages of webhooks: what there is to tell, once for all endpoints.

use sea_orm::entity::prelude::*;

use crate::change_log_entry::Thing;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_messages")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What receivers know it by: the same however often it is sent.
    #[sea_orm(unique)]
    pub public_id: String,
    /// Its type, such as `article.published`.
    pub event: String,
    /// The entry of the change log that it tells; `None`: a test tells none.
    #[sea_orm(unique)]
    pub position: Option<i64>,
    /// What the entry is about.
    pub thing: Option<Thing>,
    pub thing_id: Option<i64>,
    pub happened_at: DateTimeUtc,
    /// What is sent, in JSON: to the byte what is signed.
    pub payload: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
