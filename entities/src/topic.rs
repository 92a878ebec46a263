//! Topics: what articles are about.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topics")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The natural key.
    #[sea_orm(unique)]
    pub slug: String,
    /// The order in which the publication lists its topics; ties are allowed.
    pub position: i32,
    /// Counts the writes of these facts, from 1.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
