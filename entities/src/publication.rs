//! The one publication that an instance serves: a single row, or none before
//! the first content has come in.

use sea_orm::entity::prelude::*;

/// The key of the only row.
pub const ONLY_ID: i64 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publications")]
pub struct Model {
    /// Always [`ONLY_ID`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// One of the publication's locales.
    pub default_locale: String,
    /// An IANA time zone, such as `Europe/Minsk`.
    pub time_zone: String,
    /// The website's base, without a trailing slash.
    pub url: String,
    /// Where the website shows an issue: a template such as
    /// `/{locale}/issues/{slug}`. `None`: the default template.
    pub issue_path: Option<String>,
    /// The same for an article.
    pub article_path: Option<String>,
    /// The same for a topic.
    pub topic_path: Option<String>,
    /// The same for an author.
    pub author_path: Option<String>,
    /// Counts the writes of these facts and of the locales, from 1.
    pub version: i32,
    /// The website's base when the publication came in. It stays when `url`
    /// changes: what is made of it is the same for ever.
    pub first_url: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
