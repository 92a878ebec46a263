//! The change log: everything that became visible to readers, changed or
//! vanished, in order.

use sea_orm::entity::prelude::*;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Thing {
    #[sea_orm(string_value = "PUBLICATION")]
    Publication,
    #[sea_orm(string_value = "TOPIC")]
    Topic,
    #[sea_orm(string_value = "AUTHOR")]
    Author,
    #[sea_orm(string_value = "ISSUE")]
    Issue,
    #[sea_orm(string_value = "ARTICLE")]
    Article,
}

/// What happened to it, as readers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Change {
    /// It became visible.
    #[sea_orm(string_value = "PUBLISHED")]
    Published,
    /// It is visible as before, and anything of it differs.
    #[sea_orm(string_value = "UPDATED")]
    Updated,
    /// The same, and it has a correction more than before.
    #[sea_orm(string_value = "CORRECTED")]
    Corrected,
    /// It is no longer visible.
    #[sea_orm(string_value = "UNPUBLISHED")]
    Unpublished,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_log")]
pub struct Model {
    /// From 1, in the order of the changes. Older entries that newer ones
    /// supersede are removed in time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub thing: Thing,
    pub thing_id: i64,
    /// `None` for the publication alone.
    pub locale: Option<String>,
    pub change: Change,
    /// Never before that of the entry before it.
    pub happened_at: DateTimeUtc,
    /// Its slug in this locale; that of what vanished is as it was. `None` for
    /// the publication.
    pub slug: Option<String>,
    /// Its natural key: an article's key, an issue's number, the slug of a
    /// topic or an author. `None` for the publication.
    pub key: Option<String>,
    /// The issue of an article.
    pub issue_id: Option<i64>,
    /// The topic of an article.
    pub topic_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
