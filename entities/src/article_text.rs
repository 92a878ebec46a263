//! The forms of an article's body in one locale, made from its CommonMark
//! whenever that is written. A text whose forms are not made yet has no row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_texts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub translation_id: i64,
    pub word_count: i32,
    /// JSON: a list of level, text and anchor.
    pub headings: String,
    /// Plain words, a block a line.
    pub text: String,
    /// Sanitized; links to articles are not resolved.
    pub html: String,
    /// JSON: the tree; links to articles are not resolved.
    pub blocks: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
