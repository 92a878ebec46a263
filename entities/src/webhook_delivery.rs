//! Deliveries of webhooks: a message for an endpoint, and what became of it.

use sea_orm::entity::prelude::*;

use crate::change_log_entry::Thing;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    #[sea_orm(string_value = "PENDING")]
    Pending,
    #[sea_orm(string_value = "DELIVERED")]
    Delivered,
    #[sea_orm(string_value = "FAILED")]
    Failed,
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub endpoint_id: i64,
    pub message_id: i64,
    /// The message's, repeated: the order among those of one thing.
    pub position: Option<i64>,
    pub thing: Option<Thing>,
    pub thing_id: Option<i64>,
    pub state: State,
    /// How often it was tried since it was made, or last replayed.
    pub attempts: i32,
    pub made_at: DateTimeUtc,
    /// `None`: it was not tried yet.
    pub first_tried_at: Option<DateTimeUtc>,
    /// When it is to be tried next.
    pub due_at: DateTimeUtc,
    /// Until then it is being sent by whoever set this; `None`: by nobody.
    pub leased_until: Option<DateTimeUtc>,
    /// `None` while it is pending.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
