//! Topics, and their words in each locale.

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
            "CREATE TABLE topics (
                id {id},
                -- Which topic has this slug?
                slug {text} NOT NULL UNIQUE,
                position {int} NOT NULL
            ) {strict}",
        )
        .await?;

        execute(
            manager,
            "CREATE TABLE topic_translations (
                id {id},
                topic_id {ref} NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
                locale {text} NOT NULL REFERENCES publication_locales (tag),
                name {text} NOT NULL,
                folded_name {text} NOT NULL,
                description {text} NOT NULL,
                version {int} NOT NULL DEFAULT 1,
                updated_at {time} NOT NULL,
                -- The words of one thing, in one locale or in all.
                UNIQUE (topic_id, locale)
            ) {strict}",
        )
        .await
    }
}
