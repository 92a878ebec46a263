//! The search index: the terms of articles in each locale.

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
        match manager.get_database_backend() {
            DatabaseBackend::Sqlite => up_sqlite(manager).await,
            _ => up_postgres(manager).await,
        }
    }
}

/// FTS5 without the texts themselves. Terms come in as they are: the tokenizer
/// parts them at spaces. A row's number is its translation's.
async fn up_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute(
        manager,
        "CREATE VIRTUAL TABLE article_search USING fts5 (
            locale, title, lead, body,
            content = '', contentless_delete = 1,
            tokenize = \"ascii tokenchars '~=-'\"
        )",
    )
    .await?;
    // What goes by a cascade fires it, too.
    execute(
        manager,
        "CREATE TRIGGER article_search_follows AFTER DELETE ON article_translations BEGIN
            DELETE FROM article_search WHERE rowid = old.id;
        END",
    )
    .await
}

async fn up_postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // `heading` repeats the terms of title and lead, which ranking asks about
    // for each hit: it is short enough to stay in the row.
    execute(
        manager,
        "CREATE TABLE article_search (
            translation_id bigint PRIMARY KEY REFERENCES article_translations (id) ON DELETE CASCADE,
            terms tsvector NOT NULL,
            heading tsvector NOT NULL
        )",
    )
    .await?;
    // Which translations hold these terms? Whoever writes them empties the list
    // of what is still to be put in: a search would read all of it.
    execute(
        manager,
        "CREATE INDEX article_search_by_terms ON article_search USING gin (terms) WITH (gin_pending_list_limit = 16384)",
    )
    .await
}
