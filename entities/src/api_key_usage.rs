//! What a key was used for on a day.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: i64,
    /// In UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// How many requests were made with it.
    pub requests: i64,
    /// What they cost, in units, without those that were refused.
    pub cost: i64,
    /// How many of them were refused because the day's quota was used up.
    pub refused: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
