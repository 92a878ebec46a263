//! Slugs that things had before they were renamed.

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
            "CREATE TABLE former_slugs (
                id {id},
                slug {text} NOT NULL,
                locale {text} REFERENCES publication_locales (tag),
                issue_id {ref} REFERENCES issues (id) ON DELETE CASCADE,
                topic_id {ref} REFERENCES topics (id) ON DELETE CASCADE,
                author_id {ref} REFERENCES authors (id) ON DELETE CASCADE,
                article_id {ref} REFERENCES articles (id) ON DELETE CASCADE,
                CHECK (
                    (CASE WHEN issue_id IS NULL THEN 0 ELSE 1 END)
                    + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)
                    + (CASE WHEN author_id IS NULL THEN 0 ELSE 1 END)
                    + (CASE WHEN article_id IS NULL THEN 0 ELSE 1 END) = 1
                ),
                CHECK ((locale IS NULL) = (article_id IS NULL))
            ) {strict}",
        )
        .await?;

        // Whose slug was this? One index a kind; a slug leads to one thing.
        execute(
            manager,
            "CREATE UNIQUE INDEX former_slugs_of_issues ON former_slugs (slug) WHERE issue_id IS NOT NULL",
        )
        .await?;
        execute(
            manager,
            "CREATE UNIQUE INDEX former_slugs_of_topics ON former_slugs (slug) WHERE topic_id IS NOT NULL",
        )
        .await?;
        execute(
            manager,
            "CREATE UNIQUE INDEX former_slugs_of_authors ON former_slugs (slug) WHERE author_id IS NOT NULL",
        )
        .await?;
        execute(
            manager,
            "CREATE UNIQUE INDEX former_slugs_of_articles ON former_slugs (locale, slug) WHERE article_id IS NOT NULL",
        )
        .await?;

        // Which former slugs go when a thing goes? The cascades ask these.
        execute(
            manager,
            "CREATE INDEX former_slugs_by_issue ON former_slugs (issue_id)",
        )
        .await?;
        execute(
            manager,
            "CREATE INDEX former_slugs_by_topic ON former_slugs (topic_id)",
        )
        .await?;
        execute(
            manager,
            "CREATE INDEX former_slugs_by_author ON former_slugs (author_id)",
        )
        .await?;
        execute(
            manager,
            "CREATE INDEX former_slugs_by_article ON former_slugs (article_id)",
        )
        .await
    }
}
