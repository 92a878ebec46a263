//! The words of an issue in one locale.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issue_translations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub issue_id: i64,
    pub locale: String,
    /// `None`: frontends show the dates.
    pub title: Option<String>,
    /// The title in lower case, `""` where there is none: what filters match.
    pub folded_title: String,
    /// The key of the title in the collation of the locale, `""` where there
    /// is none: what lists sort by.
    pub sort_title: String,
    /// Counts the writes, from 1.
    pub version: i32,
    pub updated_at: DateTimeUtc,
    /// Who wrote this version; `None`: it is not known.
    pub updated_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
