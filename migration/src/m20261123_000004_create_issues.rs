//! Issues: a week each, and their titles in each locale.

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
        execute(
            manager,
            "CREATE TABLE issues (
                id {id},
                -- Which issue has this number?
                number {int} NOT NULL UNIQUE,
                -- Which issue has this slug?
                slug {text} NOT NULL UNIQUE,
                starts_on {date} NOT NULL,
                ends_on {date} NOT NULL,
                published_at {time},
                CHECK (ends_on >= starts_on)
            ) {strict}",
        )
        .await?;

        // The list of issues, the latest, the next and the previous one, and
        // the one that holds a date: newest first, ties by id.
        execute(
            manager,
            "CREATE INDEX issues_newest ON issues (starts_on, id) WHERE published_at IS NOT NULL",
        )
        .await?;

        execute(
            manager,
            "CREATE TABLE issue_translations (
                id {id},
                issue_id {ref} NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
                locale {text} NOT NULL REFERENCES publication_locales (tag),
                title {text},
                folded_title {text} NOT NULL,
                version {int} NOT NULL DEFAULT 1,
                updated_at {time} NOT NULL,
                -- The words of one thing, in one locale or in all.
                UNIQUE (issue_id, locale)
            ) {strict}",
        )
        .await
    }
}
