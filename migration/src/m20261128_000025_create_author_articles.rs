//! What an author signed, as readers see it: a row for each byline of words that
//! are public, in the order that an author's articles are listed in.
//!
//! It follows from `bylines` and from `article_translations.public_at`, and the
//! database itself makes it follow.

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
        let clustered = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => "STRICT, WITHOUT ROWID",
            _ => "",
        };
        let table = format!(
            "CREATE TABLE author_articles (
                author_id {{ref}} NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
                locale {{text}} NOT NULL,
                public_at {{time}} NOT NULL,
                article_id {{ref}} NOT NULL,
                translation_id {{ref}} NOT NULL
                    REFERENCES article_translations (id) ON DELETE CASCADE,
                -- The articles of an author in a locale: newest first, ties by
                -- article.
                PRIMARY KEY (author_id, locale, public_at, article_id)
            ) {clustered}"
        );
        execute(manager, &table).await?;

        // The same for a reader of several locales.
        execute(
            manager,
            "CREATE INDEX author_articles_newest_of_all
                ON author_articles (author_id, public_at, article_id, locale)",
        )
        .await?;

        // What goes or changes with the words?
        execute(
            manager,
            "CREATE INDEX author_articles_of_translation ON author_articles (translation_id)",
        )
        .await?;

        execute(
            manager,
            "INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
                SELECT b.author_id, at.locale, at.public_at, at.article_id, at.id
                FROM bylines b JOIN article_translations at ON at.article_id = b.article_id
                WHERE at.public_at IS NOT NULL",
        )
        .await?;

        let triggers: &[&str] = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => &SQLITE,
            _ => &POSTGRES,
        };
        for trigger in triggers {
            execute(manager, trigger).await?;
        }
        Ok(())
    }
}

/// Row by row. Words that go take their rows with them by themselves.
const SQLITE: [&str; 5] = [
    "CREATE TRIGGER author_articles_of_new_words AFTER INSERT ON article_translations
        WHEN new.public_at IS NOT NULL
    BEGIN
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT author_id, new.locale, new.public_at, new.article_id, new.id
            FROM bylines WHERE article_id = new.article_id;
    END",
    "CREATE TRIGGER author_articles_of_changed_words
        AFTER UPDATE OF public_at, locale, article_id ON article_translations
        WHEN (old.public_at, old.locale, old.article_id)
            IS NOT (new.public_at, new.locale, new.article_id)
    BEGIN
        DELETE FROM author_articles WHERE translation_id = old.id;
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT author_id, new.locale, new.public_at, new.article_id, new.id
            FROM bylines WHERE article_id = new.article_id AND new.public_at IS NOT NULL;
    END",
    "CREATE TRIGGER author_articles_of_new_bylines AFTER INSERT ON bylines BEGIN
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT new.author_id, locale, public_at, article_id, id
            FROM article_translations
            WHERE article_id = new.article_id AND public_at IS NOT NULL;
    END",
    "CREATE TRIGGER author_articles_of_changed_bylines
        AFTER UPDATE OF author_id, article_id ON bylines
    BEGIN
        DELETE FROM author_articles
            WHERE author_id = old.author_id AND translation_id IN (
                SELECT id FROM article_translations WHERE article_id = old.article_id
            );
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT new.author_id, locale, public_at, article_id, id
            FROM article_translations
            WHERE article_id = new.article_id AND public_at IS NOT NULL;
    END",
    "CREATE TRIGGER author_articles_of_old_bylines AFTER DELETE ON bylines BEGIN
        DELETE FROM author_articles
            WHERE author_id = old.author_id AND translation_id IN (
                SELECT id FROM article_translations WHERE article_id = old.article_id
            );
    END",
];

/// Statement by statement: an import writes hundreds of rows with one.
const POSTGRES: [&str; 10] = [
    "CREATE FUNCTION author_articles_of_new_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT b.author_id, added.locale, added.public_at, added.article_id, added.id
            FROM added JOIN bylines b ON b.article_id = added.article_id
            WHERE added.public_at IS NOT NULL;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER author_articles_of_new_words AFTER INSERT ON article_translations
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION author_articles_of_new_words()",
    "CREATE FUNCTION author_articles_of_changed_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM author_articles WHERE translation_id IN (
            SELECT added.id FROM added JOIN removed ON removed.id = added.id
            WHERE (added.public_at, added.locale, added.article_id)
                IS DISTINCT FROM (removed.public_at, removed.locale, removed.article_id)
        );
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT b.author_id, added.locale, added.public_at, added.article_id, added.id
            FROM added
            JOIN removed ON removed.id = added.id
            JOIN bylines b ON b.article_id = added.article_id
            WHERE added.public_at IS NOT NULL
                AND (added.public_at, added.locale, added.article_id)
                    IS DISTINCT FROM (removed.public_at, removed.locale, removed.article_id);
        RETURN NULL;
    END $$",
    "CREATE TRIGGER author_articles_of_changed_words AFTER UPDATE ON article_translations
        REFERENCING OLD TABLE AS removed NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION author_articles_of_changed_words()",
    "CREATE FUNCTION author_articles_of_new_bylines() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT added.author_id, at.locale, at.public_at, at.article_id, at.id
            FROM added JOIN article_translations at ON at.article_id = added.article_id
            WHERE at.public_at IS NOT NULL;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER author_articles_of_new_bylines AFTER INSERT ON bylines
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION author_articles_of_new_bylines()",
    "CREATE FUNCTION author_articles_of_old_bylines() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM author_articles
            USING removed JOIN article_translations at ON at.article_id = removed.article_id
            WHERE author_articles.author_id = removed.author_id
                AND author_articles.translation_id = at.id;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER author_articles_of_old_bylines AFTER DELETE ON bylines
        REFERENCING OLD TABLE AS removed
        FOR EACH STATEMENT EXECUTE FUNCTION author_articles_of_old_bylines()",
    "CREATE FUNCTION author_articles_of_changed_bylines() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM author_articles
            USING removed JOIN article_translations at ON at.article_id = removed.article_id
            WHERE author_articles.author_id = removed.author_id
                AND author_articles.translation_id = at.id;
        INSERT INTO author_articles (author_id, locale, public_at, article_id, translation_id)
            SELECT added.author_id, at.locale, at.public_at, at.article_id, at.id
            FROM added JOIN article_translations at ON at.article_id = added.article_id
            WHERE at.public_at IS NOT NULL;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER author_articles_of_changed_bylines AFTER UPDATE ON bylines
        REFERENCING OLD TABLE AS removed NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION author_articles_of_changed_bylines()",
];
