//! The words of an article in one locale. The original is one of them.

use sea_orm::entity::prelude::*;

/// How far a translation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    #[sea_orm(string_value = "DRAFT")]
    Draft,
    #[sea_orm(string_value = "IN_REVIEW")]
    InReview,
    #[sea_orm(string_value = "PUBLISHED")]
    Published,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_translations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub article_id: i64,
    /// The article's topic, repeated here so that one index answers a topic's
    /// page; a foreign key on both columns keeps it true.
    pub topic_id: i64,
    pub locale: String,
    /// Unique in its locale.
    pub slug: String,
    pub title: String,
    /// The title in lower case: what filters match.
    pub folded_title: String,
    /// The key of the title in the collation of the locale: what lists sort
    /// by.
    pub sort_title: String,
    pub lead: String,
    pub state: State,
    /// When it was published, where that differs from the issue.
    pub published_at: Option<DateTimeUtc>,
    /// Since when readers see it: its own `published_at`, else the issue's.
    /// `None` while they do not, because it or its issue is not published.
    pub public_at: Option<DateTimeUtc>,
    /// Counts the writes, from 1.
    pub version: i32,
    pub updated_at: DateTimeUtc,
    /// Who wrote this version; `None`: it is not known.
    pub updated_by: Option<String>,
    /// The version at which the text (title, lead, body) last changed.
    pub text_version: i32,
    /// The version of the original that it was made from. Where the original's
    /// `text_version` is greater, it is outdated.
    pub source_version: i32,
    /// When the text, in review, was approved; `None`: it is not.
    pub approved_at: Option<DateTimeUtc>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// CommonMark. Last, and read only where it is asked for: it is long.
    pub body: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
