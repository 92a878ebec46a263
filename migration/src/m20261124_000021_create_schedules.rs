//! Schedules: what is to be published or taken back, and when.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in STATEMENTS {
            execute(manager, statement).await?;
        }
        Ok(())
    }
}

const STATEMENTS: [&str; 5] = [
    // No reference to the key: it says who made a schedule, and no more.
    "CREATE TABLE schedules (
        id {id},
        act {text} NOT NULL CHECK (act IN ('PUBLISH', 'UNPUBLISH')),
        issue_id {ref} REFERENCES issues (id) ON DELETE CASCADE,
        translation_id {ref} REFERENCES article_translations (id) ON DELETE CASCADE,
        -- In the publication's time zone, as 2021-03-28T09:00:00.
        local_at {text} NOT NULL,
        -- The same in UTC, by the zone that the publication has.
        due_at {time} NOT NULL,
        made_at {time} NOT NULL,
        made_by {text} NOT NULL,
        key_id {ref},
        state {text} NOT NULL CHECK (state IN ('PENDING', 'DONE', 'FAILED', 'CANCELLED')),
        ended_at {time},
        -- Why it failed, for programs and for people.
        failure_code {text},
        failure {text},
        CHECK ((issue_id IS NULL) <> (translation_id IS NULL)),
        CHECK ((ended_at IS NULL) = (state = 'PENDING')),
        CHECK ((failure_code IS NULL) = (failure IS NULL)),
        CHECK ((failure IS NULL) = (state <> 'FAILED'))
    ) {strict}",
    // What is due, and when is the next?
    "CREATE INDEX schedules_pending ON schedules (due_at, id) WHERE state = 'PENDING'",
    // All of them, the first due first.
    "CREATE INDEX schedules_by_time ON schedules (due_at, id)",
    // What is to happen to this issue? And what goes with it?
    "CREATE INDEX schedules_of_issues ON schedules (issue_id, due_at, id)",
    // The same of these words of an article.
    "CREATE INDEX schedules_of_translations ON schedules (translation_id, due_at, id)",
];
