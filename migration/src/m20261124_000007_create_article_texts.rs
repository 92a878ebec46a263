//! The forms of articles' bodies, made from their CommonMark.

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
        // The shorter a column, the earlier: SQLite reads those before it
        // without following the overflow pages of a long text.
        execute(
            manager,
            "CREATE TABLE article_texts (
                -- The forms of these words.
                translation_id {ref} PRIMARY KEY
                    REFERENCES article_translations (id) ON DELETE CASCADE,
                word_count {int} NOT NULL,
                headings {text} NOT NULL,
                text {text} NOT NULL,
                html {text} NOT NULL,
                blocks {text} NOT NULL
            ) {strict}",
        )
        .await
    }
}
