//! Corrections: what a published article said wrongly, and what is right.

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
            "CREATE TABLE article_corrections (
                id {id},
                translation_id {ref} NOT NULL
                    REFERENCES article_translations (id) ON DELETE CASCADE,
                corrected_at {time} NOT NULL,
                text {text} NOT NULL,
                version {int} NOT NULL DEFAULT 1 CHECK (version > 0),
                written_by {text} NOT NULL
            ) {strict}",
        )
        .await?;

        // The corrections of these words, newest first.
        execute(
            manager,
            "CREATE INDEX article_corrections_of_words
                ON article_corrections (translation_id, corrected_at DESC, id DESC)",
        )
        .await
    }
}
