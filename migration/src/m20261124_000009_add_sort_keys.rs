//! What titles and names sort by: the key of their language's collation.
//!
//! The keys of words that are stored already are made by the program, with
//! all other forms, before it serves.

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
        for (table, column) in [
            ("article_translations", "sort_title"),
            ("issue_translations", "sort_title"),
            ("topic_translations", "sort_name"),
            ("author_translations", "sort_name"),
        ] {
            let add =
                format!("ALTER TABLE {table} ADD COLUMN {column} {{text}} NOT NULL DEFAULT ''");
            execute(manager, &add).await?;
        }
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            put_body_last(manager).await?;
        }

        // The list of articles in a locale by title, ties by article.
        execute(
            manager,
            "CREATE INDEX article_translations_by_title
                ON article_translations (locale, sort_title, article_id)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The same for a reader of several locales: a walk through the titles
        // of all of them.
        execute(
            manager,
            "CREATE INDEX article_translations_by_title_of_all
                ON article_translations (sort_title, article_id, locale)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The list of authors in a locale by name, ties by author.
        execute(
            manager,
            "CREATE INDEX author_translations_by_name
                ON author_translations (locale, sort_name, author_id)",
        )
        .await
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
