//! Slugs that a thing had before it was renamed, so that old links still
//! answer. Triggers keep them from other things of the kind, for articles in
//! the same locale; a thing that takes its own back has one former slug less.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_slugs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub slug: String,
    /// The locale of an article's slug; `None` for the others, whose slugs
    /// are the same in every language.
    pub locale: Option<String>,
    /// Exactly one of the four is set: whose slug it was.
    pub issue_id: Option<i64>,
    pub topic_id: Option<i64>,
    pub author_id: Option<i64>,
    pub article_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
