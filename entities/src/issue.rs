//! Issues: a week each.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issues")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The natural key.
    #[sea_orm(unique)]
    pub number: i32,
    #[sea_orm(unique)]
    pub slug: String,
    pub starts_on: Date,
    /// Inclusive; never before `starts_on`.
    pub ends_on: Date,
    /// `None`: not published, and then neither is any of its articles.
    pub published_at: Option<DateTimeUtc>,
    /// Counts the writes of these facts, from 1.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
