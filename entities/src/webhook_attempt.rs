//! Attempts at deliveries of webhooks, and how each went.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub delivery_id: i64,
    pub began_at: DateTimeUtc,
    pub duration_ms: i32,
    /// The status of the answer; `None`: there was none.
    pub status: Option<i32>,
    /// Why there was no answer; `None`: there was one.
    pub failure: Option<String>,
    /// The beginning of the answer; `""` without one.
    pub response: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
