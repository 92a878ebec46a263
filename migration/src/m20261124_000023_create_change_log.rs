//! The change log, who reads it, and what readers could see when it was last
//! written.

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
        for statement in TABLES.iter().chain(&VISIBLE) {
            execute(manager, statement).await?;
        }
        let now = match manager.get_database_backend() {
            // As the program writes times.
            DatabaseBackend::Sqlite => "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
            _ => "CURRENT_TIMESTAMP",
        };
        for statement in LOGGED {
            execute(manager, &statement.replace("{now}", now)).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 5] = [
    // What follows position n? The primary key answers.
    "CREATE TABLE change_log (
        position {ref} PRIMARY KEY,
        thing {text} NOT NULL
            CHECK (thing IN ('PUBLICATION', 'ISSUE', 'ARTICLE', 'TOPIC', 'AUTHOR')),
        thing_id {ref} NOT NULL,
        locale {text} CHECK ((locale IS NULL) = (thing = 'PUBLICATION')),
        change {text} NOT NULL
            CHECK (change IN ('PUBLISHED', 'UPDATED', 'CORRECTED', 'UNPUBLISHED')),
        happened_at {time} NOT NULL,
        slug {text},
        key {text},
        issue_id {ref},
        topic_id {ref}
    ) {strict}",
    // Does a newer entry of the same thing supersede this one?
    "CREATE INDEX change_log_of_things ON change_log (thing, thing_id, position)",
    "CREATE TABLE change_log_head (
        id {ref} PRIMARY KEY CHECK (id = 1),
        position {ref} NOT NULL,
        happened_at {time}
    ) {strict}",
    "CREATE TABLE change_log_readers (
        name {text} PRIMARY KEY,
        position {ref} NOT NULL,
        updated_at {time} NOT NULL
    ) {strict}",
    // The locale of the publication is ''. No reference to what was seen: a row
    // outlives that until the change is told.
    "CREATE TABLE visible_words (
        thing {text} NOT NULL
            CHECK (thing IN ('PUBLICATION', 'ISSUE', 'ARTICLE', 'TOPIC', 'AUTHOR')),
        thing_id {ref} NOT NULL,
        locale {text} NOT NULL CHECK ((locale = '') = (thing = 'PUBLICATION')),
        facts_version {int} NOT NULL,
        words_version {int} NOT NULL,
        public_at {time},
        corrections {int} NOT NULL,
        slug {text},
        key {text},
        issue_id {ref},
        topic_id {ref},
        -- What was seen of a thing, in one locale or in all.
        PRIMARY KEY (thing, thing_id, locale)
    ) {strict}",
];

/// What readers see by now.
const VISIBLE: [&str; 5] = [
    "INSERT INTO visible_words
        (thing, thing_id, locale, facts_version, words_version, corrections)
     SELECT 'PUBLICATION', id, '', version, 0, 0 FROM publications",
    "INSERT INTO visible_words
        (thing, thing_id, locale, facts_version, words_version, corrections, slug, key)
     SELECT 'TOPIC', things.id, words.locale, things.version, words.version, 0,
            things.slug, things.slug
     FROM topic_translations AS words JOIN topics AS things ON things.id = words.topic_id",
    "INSERT INTO visible_words
        (thing, thing_id, locale, facts_version, words_version, corrections, slug, key)
     SELECT 'AUTHOR', things.id, words.locale, things.version, words.version, 0,
            things.slug, things.slug
     FROM author_translations AS words JOIN authors AS things ON things.id = words.author_id",
    "INSERT INTO visible_words
        (thing, thing_id, locale, facts_version, words_version, public_at, corrections, slug, key)
     SELECT 'ISSUE', things.id, words.locale, things.version, words.version,
            things.published_at, 0, things.slug, CAST(things.number AS text)
     FROM issue_translations AS words JOIN issues AS things ON things.id = words.issue_id
     WHERE things.published_at IS NOT NULL",
    "INSERT INTO visible_words
        (thing, thing_id, locale, facts_version, words_version, public_at, corrections, slug, key,
         issue_id, topic_id)
     SELECT 'ARTICLE', things.id, words.locale, things.version, words.version, words.public_at, 0,
            words.slug, things.key, things.issue_id, things.topic_id
     FROM article_translations AS words JOIN articles AS things ON things.id = words.article_id
     WHERE words.public_at IS NOT NULL",
];

/// It is in the log from the first position on, so that reading all of it
/// gives all that readers see.
const LOGGED: [&str; 2] = [
    "INSERT INTO change_log
        (position, thing, thing_id, locale, change, happened_at, slug, key, issue_id, topic_id)
     SELECT row_number() OVER (
                ORDER BY
                    CASE thing
                        WHEN 'PUBLICATION' THEN 1 WHEN 'TOPIC' THEN 2 WHEN 'AUTHOR' THEN 3
                        WHEN 'ISSUE' THEN 4 ELSE 5
                    END,
                    thing_id, locale),
            thing, thing_id, NULLIF(locale, ''), 'PUBLISHED', {now}, slug, key, issue_id, topic_id
     FROM visible_words",
    "INSERT INTO change_log_head (id, position, happened_at)
     SELECT 1, count(*), max(happened_at) FROM change_log",
];
