//! All SQL of what readers see.

use masthead_entities::article;
pub(super) use masthead_entities::visible_words::Model as Seen;
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    FromQueryResult, QueryFilter, QuerySelect, Statement, Value,
};

use super::touched::{Touched, Which};
use crate::change_log::Thing;

/// Things in one statement, at most.
pub(super) const ROWS: usize = 500;

/// The columns of [`Seen`].
const COLUMNS: &str = "thing, thing_id, locale, facts_version, words_version, public_at, \
                       corrections, slug, key, issue_id, topic_id";

/// The things of a kind that were touched, ascending.
pub(super) async fn ids(
    tx: &DatabaseTransaction,
    touched: &Touched,
    thing: Thing,
) -> Result<Vec<i64>, DbErr> {
    match touched.of(thing) {
        None => Ok(Vec::new()),
        Some(Which::These(ids)) => Ok(ids.iter().copied().collect()),
        Some(Which::All) => all(tx, thing).await,
    }
}

/// The articles of issues.
pub(super) async fn articles_of(
    tx: &DatabaseTransaction,
    issues: &[i64],
) -> Result<Vec<i64>, DbErr> {
    article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::IssueId.is_in(issues.iter().copied()))
        .into_tuple()
        .all(tx)
        .await
}

/// What readers saw of things when that was last noted.
pub(super) async fn seen_before(
    tx: &DatabaseTransaction,
    thing: Thing,
    ids: &[i64],
) -> Result<Vec<Seen>, DbErr> {
    let is_one = is_one(tx, "thing_id");
    let sql = format!("SELECT {COLUMNS} FROM visible_words WHERE thing = $2 AND {is_one}");
    find(tx, sql, thing, ids).await
}

/// What readers see of them now.
pub(super) async fn seen_now(
    tx: &DatabaseTransaction,
    thing: Thing,
    ids: &[i64],
) -> Result<Vec<Seen>, DbErr> {
    find(tx, now(tx, thing), thing, ids).await
}

/// Note what readers see of things now, in place of what they saw.
pub(super) async fn note_seen(
    tx: &DatabaseTransaction,
    thing: Thing,
    ids: &[i64],
) -> Result<(), DbErr> {
    for ids in ids.chunks(ROWS) {
        let is_one = is_one(tx, "thing_id");
        let delete = format!("DELETE FROM visible_words WHERE thing = $2 AND {is_one}");
        tx.execute_raw(statement(tx, delete, thing, ids)).await?;
        let insert = format!("INSERT INTO visible_words ({COLUMNS}) {}", now(tx, thing));
        tx.execute_raw(statement(tx, insert, thing, ids)).await?;
    }
    Ok(())
}

/// All of a kind, also those that are gone and were seen before; ascending.
async fn all(tx: &DatabaseTransaction, thing: Thing) -> Result<Vec<i64>, DbErr> {
    let things = table(thing);
    let sql = format!(
        "SELECT id FROM {things} UNION SELECT thing_id FROM visible_words WHERE thing = $1
         ORDER BY 1"
    );
    let backend = tx.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [thing.to_value().into()]);
    let rows = tx.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}

async fn find(
    tx: &DatabaseTransaction,
    sql: String,
    thing: Thing,
    ids: &[i64],
) -> Result<Vec<Seen>, DbErr> {
    let select = statement(tx, sql, thing, ids);
    Seen::find_by_statement(select).all(tx).await
}

/// A statement whose first value is the ids, and its second the kind.
fn statement(tx: &DatabaseTransaction, sql: String, thing: Thing, ids: &[i64]) -> Statement {
    let backend = tx.get_database_backend();
    let ids: Value = match backend {
        DbBackend::Postgres => ids.to_vec().into(),
        _ => serde_json::Value::from(ids).to_string().into(),
    };
    Statement::from_sql_and_values(backend, sql, [ids, thing.to_value().into()])
}

/// Whether `column` is one of the ids: one text for any number of them.
fn is_one(tx: &DatabaseTransaction, column: &str) -> String {
    match tx.get_database_backend() {
        DbBackend::Postgres => format!("{column} = ANY ($1)"),
        _ => format!("{column} IN (SELECT value FROM json_each($1))"),
    }
}

/// Selects what readers see of things now: [`COLUMNS`].
fn now(tx: &DatabaseTransaction, thing: Thing) -> String {
    let (select, key) = match thing {
        Thing::Publication => (PUBLICATION, "things.id"),
        Thing::Topic => (TOPICS, "words.topic_id"),
        Thing::Author => (AUTHORS, "words.author_id"),
        Thing::Issue => (ISSUES, "words.issue_id"),
        Thing::Article => (ARTICLES, "words.article_id"),
    };
    format!("{select} AND {}", is_one(tx, key))
}

const PUBLICATION: &str = "
    SELECT $2 AS thing, things.id AS thing_id, '' AS locale, things.version AS facts_version,
           0 AS words_version, NULL AS public_at, 0 AS corrections, NULL AS slug, NULL AS key,
           NULL AS issue_id, NULL AS topic_id
    FROM publications AS things
    WHERE 1 = 1";

const TOPICS: &str = "
    SELECT $2 AS thing, words.topic_id AS thing_id, words.locale, things.version AS facts_version,
           words.version AS words_version, NULL AS public_at, 0 AS corrections, things.slug,
           things.slug AS key, NULL AS issue_id, NULL AS topic_id
    FROM topic_translations AS words JOIN topics AS things ON things.id = words.topic_id
    WHERE 1 = 1";

const AUTHORS: &str = "
    SELECT $2 AS thing, words.author_id AS thing_id, words.locale, things.version AS facts_version,
           words.version AS words_version, NULL AS public_at, 0 AS corrections, things.slug,
           things.slug AS key, NULL AS issue_id, NULL AS topic_id
    FROM author_translations AS words JOIN authors AS things ON things.id = words.author_id
    WHERE 1 = 1";

const ISSUES: &str = "
    SELECT $2 AS thing, words.issue_id AS thing_id, words.locale, things.version AS facts_version,
           words.version AS words_version, things.published_at AS public_at, 0 AS corrections,
           things.slug, CAST(things.number AS text) AS key, NULL AS issue_id, NULL AS topic_id
    FROM issue_translations AS words JOIN issues AS things ON things.id = words.issue_id
    WHERE things.published_at IS NOT NULL";

const ARTICLES: &str = "
    SELECT $2 AS thing, words.article_id AS thing_id, words.locale, things.version AS facts_version,
           words.version + (
               SELECT CAST(COALESCE(SUM(version - 1), 0) AS integer) FROM article_corrections
               WHERE translation_id = words.id
           ) AS words_version,
           words.public_at,
           (
               SELECT CAST(COUNT(*) AS integer) FROM article_corrections
               WHERE translation_id = words.id
           ) AS corrections,
           words.slug, things.key, things.issue_id, things.topic_id
    FROM article_translations AS words JOIN articles AS things ON things.id = words.article_id
    WHERE words.public_at IS NOT NULL";

/// The table that a kind of thing is in.
const fn table(thing: Thing) -> &'static str {
    match thing {
        Thing::Publication => "publications",
        Thing::Topic => "topics",
        Thing::Author => "authors",
        Thing::Issue => "issues",
        Thing::Article => "articles",
    }
}
