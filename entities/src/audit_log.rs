//! The audit log: who did what, when. Rows are only ever added.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub happened_at: DateTimeUtc,
    /// The name of the API key, or that of the command line.
    pub actor: String,
    /// The API key; `None` on the command line.
    pub api_key_id: Option<i64>,
    /// What was done, by the name of the mutation or the command.
    pub operation: String,
    /// The kind of thing that it was done to; `None`: to none alone.
    pub thing: Option<String>,
    pub thing_id: Option<i64>,
    /// What the thing was known by: a slug, a number, a key, a name.
    pub name: Option<String>,
    /// The locale of the words that it was done to.
    pub locale: Option<String>,
    /// The version that was there before; `None`: it is new.
    pub from_version: Option<i32>,
    /// The version that is there since; `None`: it is gone.
    pub to_version: Option<i32>,
    /// What else is to be said of it, in English.
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
