//! What words were before they were written over. What is in force is in the
//! tables of words.

use sea_orm::entity::prelude::*;

use crate::article_translation::State;

/// Whose words they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    #[sea_orm(string_value = "ARTICLE")]
    Article,
    #[sea_orm(string_value = "ISSUE")]
    Issue,
    #[sea_orm(string_value = "TOPIC")]
    Topic,
    #[sea_orm(string_value = "AUTHOR")]
    Author,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revisions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: Kind,
    /// The words, in the table of their kind; a trigger removes what they were
    /// when they go.
    pub translation_id: i64,
    pub version: i32,
    /// The version at which its text was written. Where that is an earlier one,
    /// the text is there and not here.
    pub text_version: i32,
    pub written_at: DateTimeUtc,
    /// Who wrote this version; `None`: it is not known.
    pub written_by: Option<String>,
    /// `None` for what is no article's.
    pub state: Option<State>,
    /// `None` for what is no article's.
    pub slug: Option<String>,
    /// The version of the original that it was made from; `None` for what is no
    /// article's.
    pub source_version: Option<i32>,
    /// A title or a name.
    pub title: Option<String>,
    /// An article's lead, a topic's description, an author's bio.
    pub lead: Option<String>,
    /// An article's text, in CommonMark. Last, for it is long.
    pub body: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
