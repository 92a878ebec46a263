//! What writers need to know of what they write: how often facts were
//! written, and of an article's words also what they were made from, who
//! approved them, and who wrote them.

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
        for table in ["publications", "issues", "articles", "topics", "authors"] {
            let add = format!("ALTER TABLE {table} ADD COLUMN version {{int}} NOT NULL DEFAULT 1");
            execute(manager, &add).await?;
        }
        for kind in ["issue", "article", "topic", "author"] {
            let add = format!("ALTER TABLE {kind}_translations ADD COLUMN updated_by {{text}}");
            execute(manager, &add).await?;
        }
        for column in [
            "text_version {int} NOT NULL DEFAULT 1",
            "source_version {int} NOT NULL DEFAULT 1",
            "approved_at {time}",
            "approved_by {text}",
        ] {
            let add = format!("ALTER TABLE article_translations ADD COLUMN {column}");
            execute(manager, &add).await?;
        }
        // What is there counts as current: nothing is known of what it was
        // made from.
        execute(
            manager,
            "UPDATE article_translations SET
                text_version = version,
                source_version = COALESCE(
                    (SELECT original.version FROM articles, article_translations AS original
                     WHERE articles.id = article_translations.article_id
                       AND original.article_id = articles.id
                       AND original.locale = articles.original_locale),
                    1)",
        )
        .await?;
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            put_body_last(manager).await?;
        }
        Ok(())
    }
}

/// A column that is added stands after `body`, and SQLite would follow the
/// overflow pages of every body to read it: so `body` is put last again.
async fn put_body_last(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for statement in [
        "ALTER TABLE article_translations ADD COLUMN last_body {text} NOT NULL DEFAULT ''",
        "UPDATE article_translations SET last_body = body",
        "ALTER TABLE article_translations DROP COLUMN body",
        "ALTER TABLE article_translations RENAME COLUMN last_body TO body",
    ] {
        execute(manager, statement).await?;
    }
    Ok(())
}
