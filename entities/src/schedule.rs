//! Schedules: what is to be published or taken back, and when.

use sea_orm::entity::prelude::*;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Act {
    #[sea_orm(string_value = "PUBLISH")]
    Publish,
    #[sea_orm(string_value = "UNPUBLISH")]
    Unpublish,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    #[sea_orm(string_value = "PENDING")]
    Pending,
    #[sea_orm(string_value = "DONE")]
    Done,
    #[sea_orm(string_value = "FAILED")]
    Failed,
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedules")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub act: Act,
    /// What it is done to: an issue, or words of an article; never both.
    pub issue_id: Option<i64>,
    pub translation_id: Option<i64>,
    /// When, in the publication's time zone: `2021-03-28T09:00:00`.
    pub local_at: String,
    /// The same in UTC, by the zone that the publication has now.
    pub due_at: DateTimeUtc,
    pub made_at: DateTimeUtc,
    /// The name of the API key that made it.
    pub made_by: String,
    /// The API key.
    pub key_id: Option<i64>,
    pub state: State,
    /// When it was done, or tried, or cancelled; `None` while it is to come.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it failed, by the code of the mutation; `None` unless it did.
    pub failure_code: Option<String>,
    /// The same for people.
    pub failure: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
