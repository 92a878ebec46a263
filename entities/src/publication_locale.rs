//! The locales that the publication publishes in, in its order, and its name
//! and description in each.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_locales")]
pub struct Model {
    /// A BCP 47 tag in its canonical case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    /// From 1, in the publication's order.
    pub position: i32,
    pub name: Option<String>,
    pub description: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
