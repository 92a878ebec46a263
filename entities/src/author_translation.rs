//! The words of an author in one locale. They are always published.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "author_translations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub author_id: i64,
    pub locale: String,
    pub name: String,
    /// The name in lower case: what filters match.
    pub folded_name: String,
    /// The key of the name in the collation of the locale: what lists sort by.
    pub sort_name: String,
    pub bio: String,
    /// Counts the writes, from 1.
    pub version: i32,
    pub updated_at: DateTimeUtc,
    /// Who wrote this version; `None`: it is not known.
    pub updated_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
