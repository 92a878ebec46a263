//! Revisions: what words were before they were written over. What is in force
//! is in the tables of words.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A text that several versions share is there once, with the first of
        // them: `text_version`. `body` comes last, so that SQLite reads the
        // columns before it without following its overflow pages.
        execute(
            manager,
            "CREATE TABLE revisions (
                id {id},
                kind {text} NOT NULL CHECK (kind IN ('ARTICLE', 'ISSUE', 'TOPIC', 'AUTHOR')),
                translation_id {ref} NOT NULL,
                version {int} NOT NULL,
                text_version {int} NOT NULL,
                written_at {time} NOT NULL,
                written_by {text},
                state {text} CHECK (state IN ('DRAFT', 'IN_REVIEW', 'PUBLISHED')),
                slug {text},
                source_version {int},
                title {text},
                lead {text},
                body {text},
                CHECK ((kind = 'ARTICLE')
                    = (state IS NOT NULL AND slug IS NOT NULL AND source_version IS NOT NULL)),
                CHECK (text_version = version OR (text_version < version
                    AND title IS NULL AND lead IS NULL AND body IS NULL)),
                -- What was before, newest first; what was a certain version?
                UNIQUE (kind, translation_id, version)
            ) {strict}",
        )
        .await?;
        match manager.get_database_backend() {
            DatabaseBackend::Sqlite => go_with_words_on_sqlite(manager).await,
            _ => go_with_words_on_postgres(manager).await,
        }
    }
}

/// The kinds of words, as their tables begin.
const KINDS: [&str; 4] = ["article", "issue", "topic", "author"];

async fn go_with_words_on_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for kind in KINDS {
        let trigger = format!(
            "CREATE TRIGGER {kind}_translations_revisions AFTER DELETE ON {kind}_translations BEGIN
                DELETE FROM revisions WHERE kind = '{}' AND translation_id = OLD.id;
            END",
            kind.to_uppercase()
        );
        execute(manager, &trigger).await?;
    }
    Ok(())
}

async fn go_with_words_on_postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute(
        manager,
        "CREATE FUNCTION remove_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM revisions WHERE kind = TG_ARGV[0] AND translation_id = OLD.id;
            RETURN NULL;
        END $$",
    )
    .await?;
    for kind in KINDS {
        let trigger = format!(
            "CREATE TRIGGER {kind}_translations_revisions AFTER DELETE ON {kind}_translations
                FOR EACH ROW EXECUTE FUNCTION remove_revisions('{}')",
            kind.to_uppercase()
        );
        execute(manager, &trigger).await?;
    }
    Ok(())
}
