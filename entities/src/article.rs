//! Articles: the facts of a story that no language changes.

use sea_orm::entity::prelude::*;

/// What happened to the topic that week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Trend {
    #[sea_orm(string_value = "IMPROVED")]
    Improved,
    #[sea_orm(string_value = "UNCHANGED")]
    Unchanged,
    #[sea_orm(string_value = "DETERIORATED")]
    Deteriorated,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "articles")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The natural key: any text, stable for ever.
    #[sea_orm(unique)]
    pub key: String,
    pub issue_id: i64,
    /// From 1; no two articles of an issue share one.
    pub position: i32,
    pub topic_id: i64,
    /// `None`: the article makes no assessment.
    pub trend: Option<Trend>,
    /// The locale it was written in.
    pub original_locale: String,
    /// Counts the writes of these facts and of the byline, from 1.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
