//! The key terms of articles: what tells that two of them are alike.

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
        execute(
            manager,
            "CREATE TABLE article_key_terms (
                translation_id {ref} NOT NULL
                    REFERENCES article_translations (id) ON DELETE CASCADE,
                term {text} NOT NULL,
                article_id {ref} NOT NULL,
                locale {text} NOT NULL,
                public_at {time},
                -- The key terms of these words.
                PRIMARY KEY (translation_id, term)
            ) {strict}",
        )
        .await?;

        // The articles that share a term, those nearest in time first.
        execute(
            manager,
            "CREATE INDEX article_key_terms_in_time
                ON article_key_terms (locale, term, public_at, article_id)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // `public_at` repeats that of the words, for that index. A foreign key
        // can't keep it true: it may be null.
        match manager.get_database_backend() {
            DatabaseBackend::Sqlite => follow_on_sqlite(manager).await,
            _ => follow_on_postgres(manager).await,
        }
    }
}

async fn follow_on_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute(
        manager,
        "CREATE TRIGGER article_key_terms_follow AFTER UPDATE OF public_at ON article_translations
            WHEN old.public_at IS NOT new.public_at BEGIN
            UPDATE article_key_terms SET public_at = new.public_at WHERE translation_id = new.id;
        END",
    )
    .await
}

async fn follow_on_postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute(
        manager,
        "CREATE FUNCTION article_key_terms_follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE article_key_terms SET public_at = new.public_at WHERE translation_id = new.id;
            RETURN NULL;
        END $$",
    )
    .await?;
    execute(
        manager,
        "CREATE TRIGGER article_key_terms_follow AFTER UPDATE OF public_at ON article_translations
            FOR EACH ROW WHEN (old.public_at IS DISTINCT FROM new.public_at)
            EXECUTE FUNCTION article_key_terms_follow()",
    )
    .await
}
