//! Issues and the words of articles with those that readers do not see, for
//! whoever may see drafts.
//!
//! A view has the columns of its table, but a time in the far future where
//! there is none yet: what lists sort by is never null. A migration that adds a
//! column which readers are served makes the views anew.

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
        // As times are written by the program on each engine.
        let never = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => "'9999-12-31T23:59:59+00:00'",
            _ => "TIMESTAMPTZ '9999-12-31T23:59:59Z'",
        };
        let issues = format!(
            "CREATE VIEW every_issues AS SELECT
                id, number, slug, starts_on, ends_on,
                COALESCE(published_at, {never}) AS published_at,
                CASE WHEN published_at IS NULL THEN 'DRAFT' ELSE 'PUBLISHED' END AS state,
                version
            FROM issues"
        );
        execute(manager, &issues).await?;

        let words = format!(
            "CREATE VIEW every_article_translations AS SELECT
                id, article_id, topic_id, locale, slug, title, folded_title, sort_title, lead,
                state, published_at,
                COALESCE(public_at, {never}) AS public_at,
                CASE WHEN public_at IS NULL THEN 0 ELSE 1 END AS is_public,
                version, updated_at, updated_by, text_version, source_version,
                approved_at, approved_by, body
            FROM article_translations"
        );
        execute(manager, &words).await
    }
}
