//! The end of the change log: a single row, which every append updates, so
//! that appends follow each other.

use sea_orm::entity::prelude::*;

/// The key of the only row.
pub const ONLY_ID: i64 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_log_head")]
pub struct Model {
    /// Always [`ONLY_ID`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Of the newest entry; 0 before the first.
    pub position: i64,
    /// Of the newest entry; `None` before the first.
    pub happened_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
