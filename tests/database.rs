//! What the database itself holds to on each engine, whatever the code does.

mod author_articles;
mod transaction;

use std::path::Path;

use masthead::access::Role;
use masthead::database::{Database, Engine, Options};
use masthead_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbErr, SqlErr, Statement};
use support::{TestApp, cluster};

#[tokio::test]
async fn each_engine_starts_with_the_same_empty_tables() {
    TestApp::on_each_engine(async |app| {
        for table in [
            "publications",
            "publication_locales",
            "topics",
            "topic_translations",
            "authors",
            "author_translations",
            "issues",
            "issue_translations",
            "articles",
            "article_translations",
            "article_key_terms",
            "article_texts",
            "article_search",
            "article_corrections",
            "schedules",
            "change_log",
            "change_log_readers",
            "visible_words",
            "idempotency_keys",
            "author_articles",
            "webhook_attempts",
            "webhook_deliveries",
            "webhook_messages",
            "webhook_endpoints",
            "bylines",
            "former_slugs",
            "revisions",
            "preview_secret",
            "partner_contract_locales",
            "partner_contract_topics",
            "partner_contracts",
            "api_key_usage",
            "api_key_secrets",
            "api_keys",
        ] {
            // Deleting from an empty table changes no row, and needs the table.
            let deleted = app
                .database()
                .writer()
                .execute_unprepared(&format!("DELETE FROM {table}"))
                .await
                .unwrap();

            assert_eq!(deleted.rows_affected(), 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_are_the_last_of_the_columns() {
    TestApp::on_each_engine(async |app| {
        if app.engine() != Engine::Sqlite {
            // PostgreSQL keeps a long text elsewhere, wherever its column is.
            return;
        }
        for table in ["article_translations", "revisions"] {
            let select = format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid DESC");
            let select = Statement::from_string(app.engine().backend(), select);

            let last = app.database().reader().query_one_raw(select).await.unwrap();

            let last: String = last.unwrap().try_get("", "name").unwrap();
            assert_eq!(last, "body", "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_stored_before_sort_keys_is_stored_after_them() {
    let folder = tempfile::tempdir().unwrap();
    let database = before("sort_keys", folder.path()).await;
    let db = database.writer();
    for sql in FILLED {
        db.execute_unprepared(sql).await.unwrap();
    }
    let long = "UPDATE article_translations SET body = 'Ice' || hex(zeroblob(10000))";
    db.execute_unprepared(long).await.unwrap();

    Migrator::up(db, None).await.unwrap();

    let select = "SELECT slug, sort_title, length(body) AS length FROM article_translations";
    let select = Statement::from_string(database.engine().backend(), select);
    let row = db.query_one_raw(select).await.unwrap().unwrap();
    assert_eq!(row.try_get::<String>("", "slug").unwrap(), "ice");
    assert_eq!(row.try_get::<String>("", "sort_title").unwrap(), "");
    assert_eq!(row.try_get::<i64>("", "length").unwrap(), 20_003);
    database.close().await;
}

#[tokio::test]
async fn a_thing_has_one_translation_in_a_locale() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;

        for (kind, columns, values) in [
            ("topic", "name, folded_name, description", "'', '', ''"),
            ("author", "name, folded_name, bio", "'', '', ''"),
            ("issue", "title, folded_title", "'', ''"),
            (
                "article",
                "topic_id, slug, title, folded_title, lead, state, body",
                "1, 'other', '', '', '', 'DRAFT', ''",
            ),
        ] {
            let insert = |locale: &str| {
                format!(
                    "INSERT INTO {kind}_translations ({kind}_id, locale, updated_at, {columns})
                     VALUES (1, '{locale}', '2021-01-01 00:00:00+00:00', {values})"
                )
            };

            assert_eq!(broken(app, &insert("en")).await, Some(Rule::Unique));
            assert_eq!(broken(app, &insert("pl")).await, Some(Rule::Reference));
            assert_eq!(broken(app, &insert("be")).await, None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_slug_means_one_article_in_a_locale() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;

        assert_eq!(
            broken(app, &translation("slug", "en", "'ice'")).await,
            Some(Rule::Unique)
        );
        assert_eq!(broken(app, &translation("slug", "be", "'ice'")).await, None);
        assert_eq!(
            broken(app, &translation("slug", "en", "'wells'")).await,
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_was_left_is_given_to_no_other_thing_of_the_kind() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let two = "INSERT INTO issues (number, slug, starts_on, ends_on)
            VALUES (2, 'second', '2021-02-15', '2021-02-21')";
        assert_eq!(broken(app, two).await, None);
        assert_eq!(broken(app, &translation("slug", "en", "'second'")).await, None);

        for (table, owner, locale) in [
            ("issues", "issue_id", "NULL"),
            ("topics", "topic_id", "NULL"),
            ("authors", "author_id", "NULL"),
            ("article_translations", "article_id", "'en'"),
        ] {
            let id = if table == "article_translations" { "article_id" } else { "id" };
            let rename = |one: u32, slug: &str| format!("UPDATE {table} SET slug = {slug} WHERE {id} = {one}");
            let leave = |one: u32, slug: &str| {
                format!("INSERT INTO former_slugs (slug, locale, {owner}) VALUES ({slug}, {locale}, {one})")
            };
            assert_eq!(broken(app, &rename(1, "'now'")).await, None, "{table}");
            assert_eq!(broken(app, &leave(1, "'then'")).await, None, "{table}");

            assert_eq!(broken(app, &rename(2, "'then'")).await, Some(Rule::Unique), "{table}");
            assert_eq!(broken(app, &leave(2, "'now'")).await, Some(Rule::Unique), "{table}");
            assert_eq!(broken(app, &leave(2, "'then'")).await, Some(Rule::Unique), "{table}");
            let give = format!("UPDATE former_slugs SET slug = 'now', {owner} = 2 WHERE slug = 'then' AND {owner} = 1");
            assert_eq!(broken(app, &give).await, Some(Rule::Unique), "{table}");

            assert_eq!(broken(app, &rename(1, "'then'")).await, None, "{table}");
            assert_eq!(broken(app, &rename(1, "'later'")).await, None, "{table}");
            assert_eq!(broken(app, &rename(2, "'then'")).await, None, "{table}: it was taken back");
        }
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_keeps_others_of_its_locale_and_kind_away_alone() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let leave = "INSERT INTO former_slugs (slug, locale, article_id) VALUES ('then', 'en', 1)";
        assert_eq!(broken(app, leave).await, None);

        assert_eq!(
            broken(app, &translation("slug", "be", "'then'")).await,
            None
        );
        let topic = "INSERT INTO topics (slug, position) VALUES ('then', 3)";
        assert_eq!(broken(app, topic).await, None);
        assert_eq!(
            broken(app, &translation("slug", "en", "'then'")).await,
            Some(Rule::Unique)
        );
    })
    .await;
}

#[tokio::test]
async fn former_slugs_that_are_in_use_go_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = before("keep_former_slugs", folder.path()).await;
    let db = database.writer();
    for sql in FILLED.iter().chain(&[
        "INSERT INTO former_slugs (slug, topic_id) VALUES ('roads', 1), ('lanes', 2)",
        "INSERT INTO former_slugs (slug, locale, article_id) VALUES ('ice', 'en', 2), ('ice', 'be', 2)",
    ]) {
        db.execute_unprepared(sql).await.unwrap();
    }

    Migrator::up(db, None).await.unwrap();

    let select = "SELECT slug || COALESCE(locale, '') AS slug FROM former_slugs ORDER BY slug";
    let select = Statement::from_string(database.engine().backend(), select);
    let rows = db.query_all_raw(select).await.unwrap();
    let left: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "slug").unwrap())
        .collect();
    assert_eq!(left, ["icebe", "lanes"]);
    database.close().await;
}

#[tokio::test]
async fn a_place_in_an_issue_holds_one_article() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let insert = |key: &str, position: u32| {
            format!(
                "INSERT INTO articles (key, issue_id, position, topic_id, original_locale)
                 VALUES ('{key}', 1, {position}, 1, 'en')"
            )
        };

        assert_eq!(broken(app, &insert("third", 2)).await, Some(Rule::Unique));
        assert_eq!(broken(app, &insert("third", 3)).await, None);
        assert_eq!(broken(app, &insert("third", 4)).await, Some(Rule::Unique));
    })
    .await;
}

#[tokio::test]
async fn an_issue_never_ends_before_it_starts() {
    TestApp::on_each_engine(async |app| {
        let insert = |number: u32, ends_on: &str| {
            format!(
                "INSERT INTO issues (number, slug, starts_on, ends_on)
                 VALUES ({number}, 'issue-{number}', '2021-02-08', '{ends_on}')"
            )
        };

        assert_eq!(
            broken(app, &insert(1, "2021-02-07")).await,
            Some(Rule::Check)
        );
        assert_eq!(broken(app, &insert(1, "2021-02-08")).await, None);
        assert_eq!(
            broken(app, &insert(1, "2021-02-14")).await,
            Some(Rule::Unique)
        );
    })
    .await;
}

#[tokio::test]
async fn a_byline_names_an_author_once() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let insert = |position: u32, author: u32| {
            format!(
                "INSERT INTO bylines (article_id, position, author_id)
                 VALUES (1, {position}, {author})"
            )
        };

        assert_eq!(broken(app, &insert(1, 1)).await, None);
        assert_eq!(broken(app, &insert(2, 1)).await, Some(Rule::Unique));
        assert_eq!(broken(app, &insert(1, 2)).await, Some(Rule::Unique));
        assert_eq!(broken(app, &insert(2, 3)).await, Some(Rule::Reference));
        assert_eq!(broken(app, &insert(2, 2)).await, None);
    })
    .await;
}

#[tokio::test]
async fn trends_and_states_are_of_closed_lists() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let trend = |trend: &str| format!("UPDATE articles SET trend = {trend} WHERE id = 1");

        assert_eq!(broken(app, &trend("'WORSE'")).await, Some(Rule::Check));
        assert_eq!(broken(app, &trend("'improved'")).await, Some(Rule::Check));
        assert_eq!(broken(app, &trend("'IMPROVED'")).await, None);
        assert_eq!(broken(app, &trend("NULL")).await, None);
        assert_eq!(
            broken(app, &translation("state", "en", "'LOST'")).await,
            Some(Rule::Check)
        );
        assert_eq!(
            broken(app, &translation("state", "en", "'IN_REVIEW'")).await,
            None
        );
    })
    .await;
}

#[tokio::test]
async fn only_a_published_translation_is_public() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let make_public = |state: &str| {
            format!(
                "UPDATE article_translations
                 SET state = '{state}', public_at = '2021-02-15 09:00:00+00:00' WHERE article_id = 1"
            )
        };

        assert_eq!(broken(app, &make_public("DRAFT")).await, Some(Rule::Check));
        assert_eq!(broken(app, &make_public("IN_REVIEW")).await, Some(Rule::Check));
        assert_eq!(broken(app, &make_public("PUBLISHED")).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_still_referred_to_stays() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;

        for sql in [
            "DELETE FROM topics WHERE id = 1",
            "DELETE FROM issues WHERE id = 1",
            "DELETE FROM publication_locales WHERE tag = 'en'",
        ] {
            assert_eq!(broken(app, sql).await, Some(Rule::Reference), "{sql}");
        }
        // An article takes its translations along.
        assert_eq!(broken(app, "DELETE FROM articles").await, None);
        assert_eq!(broken(app, "DELETE FROM issues").await, None);
        assert_eq!(broken(app, "DELETE FROM topics").await, None);
    })
    .await;
}

#[tokio::test]
async fn a_translation_follows_the_topic_of_its_article() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let other_topic = "UPDATE article_translations SET topic_id = 2 WHERE article_id = 1";

        assert_eq!(broken(app, other_topic).await, Some(Rule::Reference));
        assert_eq!(broken(app, "UPDATE articles SET topic_id = 2").await, None);
        assert_eq!(broken(app, other_topic).await, None);
    })
    .await;
}

#[tokio::test]
async fn words_have_one_revision_of_a_version_with_a_text_or_an_earlier_one() {
    TestApp::on_each_engine(async |app| {
        let insert = |kind: &str, version: i32, text_version: i32, facts: &str, title: &str| {
            format!(
                "INSERT INTO revisions (kind, translation_id, version, text_version, written_at,
                    state, slug, source_version, title)
                 VALUES ('{kind}', 1, {version}, {text_version}, '2021-01-01 00:00:00+00:00',
                    {facts}, {title})"
            )
        };
        let of_article = "'DRAFT', 'ice', 1";
        let of_none = "NULL, NULL, NULL";

        for (sql, rule) in [
            (insert("ARTICLE", 1, 1, of_article, "'Ice'"), None),
            (insert("ARTICLE", 2, 1, of_article, "NULL"), None),
            (insert("TOPIC", 1, 1, of_none, "'Ice'"), None),
            (
                insert("ARTICLE", 1, 1, of_article, "'Ice'"),
                Some(Rule::Unique),
            ),
            (
                insert("ARTICLE", 3, 1, of_article, "'Ice'"),
                Some(Rule::Check),
            ),
            (
                insert("ARTICLE", 3, 4, of_article, "NULL"),
                Some(Rule::Check),
            ),
            (insert("ARTICLE", 3, 3, of_none, "'Ice'"), Some(Rule::Check)),
            (
                insert("ISSUE", 3, 3, of_article, "'Ice'"),
                Some(Rule::Check),
            ),
            (insert("WEEK", 3, 3, of_none, "'Ice'"), Some(Rule::Check)),
        ] {
            assert_eq!(broken(app, &sql).await, rule, "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_forms_of_a_text_go_with_it() {
    TestApp::on_each_engine(async |app| {
        fill(app).await;
        let insert = |translation: u32| {
            format!(
                "INSERT INTO article_texts (translation_id, word_count, headings, text, html, blocks)
                 VALUES ({translation}, 0, '[]', '', '', '{{}}')"
            )
        };

        assert_eq!(broken(app, &insert(2)).await, Some(Rule::Reference));
        assert_eq!(broken(app, &insert(1)).await, None);
        assert_eq!(broken(app, &insert(1)).await, Some(Rule::Unique));
        assert_eq!(broken(app, "DELETE FROM articles WHERE id = 1").await, None);
        assert_eq!(broken(app, &insert(1)).await, Some(Rule::Reference));
    })
    .await;
}

#[test]
fn a_run_that_requires_postgresql_covers_it() {
    let engines = cluster::engines();

    assert!(engines.contains(&Engine::Sqlite));
    if cluster::requires_postgres() {
        assert!(engines.contains(&Engine::Postgres));
    }
}

/// A rule of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Unique,
    Reference,
    Check,
}

#[tokio::test]
async fn a_webhook_delivery_is_one_message_for_one_endpoint_and_ends_once() {
    TestApp::on_each_engine(async |app| {
        for insert in [
            "INSERT INTO webhook_endpoints (url, description, secret, created_at, created_by)
             VALUES ('https://partner.example/', '', '', '2021-01-01 00:00:00+00:00', 'a')",
            "INSERT INTO webhook_messages (public_id, event, happened_at, payload)
             VALUES ('msg_1', 'ping', '2021-01-01 00:00:00+00:00', '{}')",
        ] {
            assert_eq!(broken(app, insert).await, None);
        }
        let delivery = |endpoint: i64, message: i64, state: &str, ended: &str| {
            format!(
                "INSERT INTO webhook_deliveries
                    (endpoint_id, message_id, state, attempts, made_at, due_at, ended_at)
                 VALUES ({endpoint}, {message}, '{state}', 0, '2021-01-01 00:00:00+00:00',
                    '2021-01-01 00:00:00+00:00', {ended})"
            )
        };
        let now = "'2021-01-01 00:00:00+00:00'";
        for (insert, rule) in [
            (delivery(9, 1, "PENDING", "NULL"), Some(Rule::Reference)),
            (delivery(1, 9, "PENDING", "NULL"), Some(Rule::Reference)),
            (delivery(1, 1, "LOST", now), Some(Rule::Check)),
            (delivery(1, 1, "PENDING", now), Some(Rule::Check)),
            (delivery(1, 1, "FAILED", "NULL"), Some(Rule::Check)),
            (delivery(1, 1, "PENDING", "NULL"), None),
            (delivery(1, 1, "PENDING", "NULL"), Some(Rule::Unique)),
        ] {
            assert_eq!(broken(app, &insert).await, rule, "{insert}");
        }
        let disabled = "UPDATE webhook_endpoints SET disabled_at = '2021-01-01 00:00:00+00:00'";
        assert_eq!(broken(app, disabled).await, Some(Rule::Check));
        let removed = "DELETE FROM webhook_endpoints";
        assert_eq!(broken(app, removed).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_key_has_a_known_role_and_locales_if_it_is_a_translators() {
    TestApp::on_each_engine(async |app| {
        let insert = |name: &str, role: &str, locales: &str| {
            format!(
                "INSERT INTO api_keys (name, role, locales, created_at, created_by)
                 VALUES ('{name}', '{role}', {locales}, '2021-01-01 00:00:00+00:00', '')"
            )
        };

        let tags = "'[\"be\"]'";
        for (name, role, locales, expected) in [
            ("a", "EDITOR", "NULL", None),
            ("b", "TRANSLATOR", tags, None),
            ("c", "TRANSLATOR", "NULL", Some(Rule::Check)),
            ("d", "EDITOR", tags, Some(Rule::Check)),
            ("e", "OWNER", "NULL", Some(Rule::Check)),
            ("a", "EDITOR", "NULL", Some(Rule::Unique)),
        ] {
            let found = broken(app, &insert(name, role, locales)).await;

            assert_eq!(found, expected, "{name} {role} {locales}");
        }
    })
    .await;
}

/// The rule that a statement breaks. When it breaks none, it has been run.
async fn broken(app: &TestApp, sql: &str) -> Option<Rule> {
    let error = app
        .database()
        .writer()
        .execute_unprepared(sql)
        .await
        .err()?;
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Some(Rule::Unique),
        // A trigger of SQLite has one code for all that it refuses.
        _ if error.to_string().contains("another thing ha") => Some(Rule::Unique),
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => Some(Rule::Reference),
        _ if says_check(&error) => Some(Rule::Check),
        _ => panic!("{sql}: {error}"),
    }
}

fn says_check(error: &DbErr) -> bool {
    let text = error.to_string();
    text.contains("CHECK constraint failed") || text.contains("violates check constraint")
}

/// Two topics, two authors, an issue with two articles, numbered from 1; the
/// first thing of each kind has words in English.
const FILLED: [&str; 9] = [
    "INSERT INTO publication_locales (tag, position) VALUES ('en', 1), ('be', 2)",
    "INSERT INTO topics (slug, position) VALUES ('water', 1), ('roads', 2)",
    "INSERT INTO topic_translations (topic_id, locale, name, folded_name, description, updated_at)
     VALUES (1, 'en', '', '', '', '2021-01-01 00:00:00+00:00')",
    "INSERT INTO authors (slug) VALUES ('anna'), ('boris')",
    "INSERT INTO author_translations (author_id, locale, name, folded_name, bio, updated_at)
     VALUES (1, 'en', '', '', '', '2021-01-01 00:00:00+00:00')",
    "INSERT INTO issues (number, slug, starts_on, ends_on)
     VALUES (1, 'first', '2021-02-08', '2021-02-14')",
    "INSERT INTO issue_translations (issue_id, locale, folded_title, updated_at)
     VALUES (1, 'en', '', '2021-01-01 00:00:00+00:00')",
    "INSERT INTO articles (key, issue_id, position, topic_id, original_locale)
     VALUES ('first', 1, 1, 1, 'en'), ('second', 1, 2, 1, 'en')",
    "INSERT INTO article_translations
         (article_id, topic_id, locale, slug, title, folded_title, lead, state, updated_at, body)
     VALUES (1, 1, 'en', 'ice', '', '', '', 'DRAFT', '2021-01-01 00:00:00+00:00', '')",
];

/// An SQLite database as it was before a migration.
async fn before(migration: &str, folder: &Path) -> Database {
    let url = format!("sqlite://{}?mode=rwc", folder.join("old.db").display());
    let database = Database::connect(&Options::new(url)).await.unwrap();
    let migrations = Migrator::migrations();
    let before = migrations
        .iter()
        .position(|known| known.name().contains(migration));
    Migrator::up(database.writer(), before.map(|count| count as u32))
        .await
        .unwrap();
    database
}

async fn fill(app: &TestApp) {
    for sql in FILLED {
        assert_eq!(broken(app, sql).await, None);
    }
}

/// A translation of the second article, with one column set.
fn translation(column: &str, locale: &str, value: &str) -> String {
    let slug = if column == "slug" { value } else { "'second'" };
    let state = if column == "state" { value } else { "'DRAFT'" };
    format!(
        "INSERT INTO article_translations
             (article_id, topic_id, locale, slug, title, folded_title, lead, state, updated_at, body)
         VALUES (2, 1, '{locale}', {slug}, '', '', '', {state}, '2021-01-01 00:00:00+00:00', '')"
    )
}

#[tokio::test]
async fn a_contract_is_of_a_key_and_binds_to_something_that_can_be() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Partner, &[]).await;
        let insert = |key: &str, bounds: &str, content: &str, quota: &str| {
            format!(
                "INSERT INTO partner_contracts
                     (api_key_id, version, binds_locales, binds_topics, content, daily_quota)
                 VALUES ({key}, 1, {bounds}, '{content}', {quota})"
            )
        };
        let own = "(SELECT id FROM api_keys)";

        for (statement, expected) in [
            (insert("77", "0, 0", "FULL", "NULL"), Some(Rule::Reference)),
            (insert(own, "2, 0", "FULL", "NULL"), Some(Rule::Check)),
            (insert(own, "0, -1", "FULL", "NULL"), Some(Rule::Check)),
            (insert(own, "0, 0", "HALF", "NULL"), Some(Rule::Check)),
            (insert(own, "0, 0", "FULL", "0"), Some(Rule::Check)),
            (insert(own, "1, 1", "SUMMARY", "1"), None),
            (insert(own, "0, 0", "FULL", "NULL"), Some(Rule::Unique)),
        ] {
            assert_eq!(broken(app, &statement).await, expected, "{statement}");
        }
    })
    .await;
}
