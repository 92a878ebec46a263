//! What readers could see when content was last written: a row for each thing
//! and each locale that it is published in. The change log tells in what a
//! write made this differ.

use sea_orm::entity::prelude::*;

use crate::change_log_entry::Thing;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visible_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing: Thing,
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing_id: i64,
    /// `""` for the publication, which is seen in no one locale.
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    /// The version of the facts.
    pub facts_version: i32,
    /// The version of the words, and how often their corrections were written
    /// over; 0 for the publication.
    pub words_version: i32,
    /// Since when; `None` where that has no time.
    pub public_at: Option<DateTimeUtc>,
    /// How many corrections an article carries.
    pub corrections: i32,
    pub slug: Option<String>,
    /// The natural key.
    pub key: Option<String>,
    /// The issue of an article.
    pub issue_id: Option<i64>,
    /// The topic of an article.
    pub topic_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
