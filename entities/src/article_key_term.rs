//! The words that tell most of an article in one locale, by their stems.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_key_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub translation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    pub article_id: i64,
    pub locale: String,
    /// That of the translation, repeated here so that one index answers which
    /// articles share a term; a trigger keeps it true.
    pub public_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
