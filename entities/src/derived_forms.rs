//! Which version of the forms that are made of words the database holds: a
//! single row.

use sea_orm::entity::prelude::*;

/// The key of the only row.
pub const ONLY_ID: i64 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "derived_forms")]
pub struct Model {
    /// Always [`ONLY_ID`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The version of the program's forms that all forms were made by; 0: not
    /// all were made.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
