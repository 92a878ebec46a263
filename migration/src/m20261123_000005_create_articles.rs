//! Articles, their words in each locale, and their bylines.

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
            "CREATE TABLE articles (
                id {id},
                -- Which article does an import mean?
                key {text} NOT NULL UNIQUE,
                issue_id {ref} NOT NULL REFERENCES issues (id),
                position {int} NOT NULL,
                topic_id {ref} NOT NULL REFERENCES topics (id),
                trend {text} CHECK (trend IN ('IMPROVED', 'UNCHANGED', 'DETERIORATED')),
                original_locale {text} NOT NULL REFERENCES publication_locales (tag),
                -- The articles of an issue in order; the next and previous one.
                UNIQUE (issue_id, position),
                -- What article_translations.topic_id is held to.
                UNIQUE (id, topic_id)
            ) {strict}",
        )
        .await?;

        // Is a topic still in use?
        execute(
            manager,
            "CREATE INDEX articles_of_topic ON articles (topic_id)",
        )
        .await?;

        // `body` comes last, so that SQLite reads the columns before it
        // without following the overflow pages of a long text.
        execute(
            manager,
            "CREATE TABLE article_translations (
                id {id},
                article_id {ref} NOT NULL,
                topic_id {ref} NOT NULL,
                locale {text} NOT NULL REFERENCES publication_locales (tag),
                slug {text} NOT NULL,
                title {text} NOT NULL,
                folded_title {text} NOT NULL,
                lead {text} NOT NULL,
                state {text} NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'PUBLISHED')),
                published_at {time},
                public_at {time} CHECK (public_at IS NULL OR state = 'PUBLISHED'),
                version {int} NOT NULL DEFAULT 1,
                updated_at {time} NOT NULL,
                body {text} NOT NULL,
                FOREIGN KEY (article_id, topic_id) REFERENCES articles (id, topic_id)
                    ON UPDATE CASCADE ON DELETE CASCADE,
                -- The words of one article, in one locale or in all.
                UNIQUE (article_id, locale),
                -- Which article has this slug?
                UNIQUE (locale, slug)
            ) {strict}",
        )
        .await?;

        // The list of articles in a locale: newest first, ties by article.
        execute(
            manager,
            "CREATE INDEX article_translations_newest
                ON article_translations (locale, public_at, article_id)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The same for a reader of several locales, who is served each article
        // in one of them: a walk in time, by the words of all locales.
        execute(
            manager,
            "CREATE INDEX article_translations_newest_of_all
                ON article_translations (public_at, article_id, locale)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The translations that were last changed.
        execute(
            manager,
            "CREATE INDEX article_translations_last_changed
                ON article_translations (updated_at, id)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The page of a topic in a locale: newest first, ties by article.
        execute(
            manager,
            "CREATE INDEX article_translations_newest_of_topic
                ON article_translations (topic_id, locale, public_at, article_id)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        // The page of a topic for a reader of several locales.
        execute(
            manager,
            "CREATE INDEX article_translations_newest_of_topic_of_all
                ON article_translations (topic_id, public_at, article_id, locale)
                WHERE public_at IS NOT NULL",
        )
        .await?;

        execute(
            manager,
            "CREATE TABLE bylines (
                article_id {ref} NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
                position {int} NOT NULL,
                author_id {ref} NOT NULL REFERENCES authors (id),
                -- The authors of an article, in order.
                PRIMARY KEY (article_id, position),
                -- The articles of an author; and nobody signs one twice.
                UNIQUE (author_id, article_id)
            ) {strict}",
        )
        .await
    }
}
