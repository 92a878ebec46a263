//! Corrections of articles: what published words said wrongly, and what is
//! right, in their locale.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_corrections")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The words that it corrects.
    pub translation_id: i64,
    pub corrected_at: DateTimeUtc,
    /// Plain text.
    pub text: String,
    /// Counts the writes, from 1.
    pub version: i32,
    /// Who wrote this version.
    pub written_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
