//! SQL that the stores of all features share: how a thing and its words are
//! read as a reader is served them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, JoinType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult};

use crate::content::language::{Locales, Sight, Translated};
use crate::database::{Database, Engine};
use crate::error::Error;
use crate::graphql::keyset::{Order, Slice};
use crate::graphql::page::Page;

/// A row that joins a thing with the words that a reader is served.
pub trait Served: FromQueryResult + Send + Sync {
    /// What it is.
    const WHAT: Translated;
    /// Columns of the thing, beside `id`.
    const FACTS: &'static [&'static str];
    /// Columns of its words, beside `locale`, `version` and `updated_at`.
    const WORDS: &'static [&'static str];

    /// How many bytes it takes in memory, about.
    fn bytes(&self) -> usize;
}

/// What is known of all words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub locale: String,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
}

impl FromQueryResult for Written {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            locale: row.try_get(prefix, "locale")?,
            version: row.try_get(prefix, "version")?,
            updated_at: row.try_get(prefix, "updated_at")?,
        })
    }
}

/// The things that exist for a reader of `locales`, joined with what is
/// served; no column selected yet.
pub fn served(what: Translated, locales: &Locales) -> SelectStatement {
    let mut select = served_words(what, locales);
    join_things(&mut select, what, locales.sight());
    select
}

/// The words that a reader of `locales` is served; an issue's also need the
/// issue. No column selected yet.
pub fn served_words(what: Translated, locales: &Locales) -> SelectStatement {
    let (table, words) = locales.sight().words(what);
    Query::select()
        .from_as(table, words)
        .cond_where(locales.served(what))
        .to_owned()
}

/// How many things exist for a reader of `locales`, as `count`: those that
/// `condition` keeps, or all.
pub fn counted(
    what: Translated,
    locales: &Locales,
    condition: Option<Condition>,
) -> SelectStatement {
    let (table, words) = locales.sight().words(what);
    if let Some(condition) = condition {
        return served(what, locales)
            .expr_as(Expr::cust("COUNT(*)"), "count")
            .cond_where(condition)
            .to_owned();
    }
    // Nothing is asked of what is served, only that there is something.
    let mut select = Query::select();
    select.from_as(table, words).cond_where(locales.any(what));
    if what == Translated::Issue {
        // Whether it is published is a fact of the issue, not of its words.
        join_things(&mut select, what, locales.sight());
    }
    let count = if locales.is_single() {
        Expr::cust("COUNT(*)")
    } else {
        Expr::col((words, what.key())).count_distinct()
    };
    select.expr_as(count, "count").to_owned()
}

/// Whether the thing whose key `column` holds exists for a reader of `locales`.
pub fn exists(what: Translated, column: (&'static str, &'static str), locales: &Locales) -> Expr {
    let (table, words) = locales.sight().words(what);
    let mut select = Query::select();
    select
        .expr(Expr::cust("1"))
        .from_as(table, words)
        .and_where(Expr::col((words, what.key())).equals(column))
        .cond_where(locales.any(what));
    if what == Translated::Issue {
        // Whether it is published is a fact of the issue, not of its words.
        join_things(&mut select, what, locales.sight());
    }
    Expr::exists(select)
}

/// Join the things, as far as they are seen, to their words.
pub fn join_things(select: &mut SelectStatement, what: Translated, sight: Sight) {
    let (things, thing) = sight.things(what);
    let (_, words) = what.words();
    let own = Expr::col((thing, "id")).equals((words, what.key()));
    select.join_as(JoinType::InnerJoin, things, thing, own);
}

/// One page of a list.
///
/// # Errors
/// If the page's cursor is not of this order, or the database does not answer.
pub async fn page<Row: Served>(
    db: &Database,
    locales: &Locales,
    condition: Condition,
    order: &Order,
    page: &Page,
) -> Result<Slice<Row>, Error> {
    let mut select = served_row::<Row>(locales);
    order.select_keys(&mut select);
    select.cond_where(condition);
    order.cut(&mut select, page)?;
    let rows = db.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, Row::from_query_result(row, "")?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many things a list has: those that `condition` keeps, or all.
///
/// # Errors
/// If the database does not answer.
pub async fn count(
    db: &Database,
    what: Translated,
    locales: &Locales,
    condition: Option<Condition>,
) -> Result<u64, Error> {
    let select = counted(what, locales, condition);
    let rows = db.rows(&select).await?;
    let count: Option<i64> = rows
        .first()
        .map(|row| row.try_get("", "count"))
        .transpose()?;
    Ok(count.map_or(0, i64::unsigned_abs))
}

/// The things with these keys, as far as they exist for the reader.
///
/// # Errors
/// If the database does not answer.
pub async fn by_ids<Row: Served>(
    db: &Database,
    ids: &[i64],
    locales: &Locales,
) -> Result<Vec<Row>, Error> {
    let (_, thing) = Row::WHAT.things();
    let mut select = served_row::<Row>(locales);
    select.and_where(db.is_any((thing, "id"), ids));
    read(db, &select).await
}

/// The one thing that `condition` holds for, as far as it exists for the
/// reader.
///
/// # Errors
/// If the database does not answer.
pub async fn one<Row: Served>(
    db: &Database,
    condition: Expr,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let mut select = served_row::<Row>(locales);
    select.and_where(condition).limit(1);
    Ok(read(db, &select).await?.into_iter().next())
}

/// The thing that has this slug, or had it before it was renamed. For things
/// with one slug in all locales.
///
/// # Errors
/// If the database does not answer.
pub async fn by_slug<Row: Served>(
    db: &Database,
    slug: &str,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let (things, thing) = Row::WHAT.things();
    let present = Query::select()
        .column("id")
        .from(things)
        .and_where(Expr::col("slug").eq(slug))
        .to_owned();
    let former = Query::select()
        .column(Row::WHAT.key())
        .from("former_slugs")
        .and_where(Expr::col("slug").eq(slug))
        .and_where(Expr::col(Row::WHAT.key()).is_not_null())
        .to_owned();
    let id = Expr::from(Func::coalesce([
        Expr::SubQuery(None, Box::new(present.into())),
        Expr::SubQuery(None, Box::new(former.into())),
    ]));
    one(db, Expr::col((thing, "id")).eq(id), locales).await
}

/// The rows of `select`.
///
/// # Errors
/// If the database does not answer.
pub async fn read<Row: FromQueryResult>(
    db: &Database,
    select: &SelectStatement,
) -> Result<Vec<Row>, Error> {
    let rows = db.rows(select).await?;
    let rows = rows.iter().map(|row| Row::from_query_result(row, ""));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The things that exist for a reader, and the columns of their row.
pub fn served_row<Row: Served>(locales: &Locales) -> SelectStatement {
    let mut select = served(Row::WHAT, locales);
    select_row::<Row>(&mut select);
    select
}

/// Select the columns of a row.
pub fn select_row<Row: Served>(select: &mut SelectStatement) {
    let (_, thing) = Row::WHAT.things();
    let (_, words) = Row::WHAT.words();
    for name in ["id"].iter().chain(Row::FACTS) {
        select.expr_as(Expr::col((thing, *name)), *name);
    }
    select.expr_as(Expr::col((thing, "version")), "facts_version");
    for name in ["locale", "version", "updated_at"].iter().chain(Row::WORDS) {
        select.expr_as(Expr::col((words, *name)), *name);
    }
}

/// Let the planner see what the tables hold now. Without, SQLite walks a whole
/// list where a few rows would do, and PostgreSQL waits for its own round; until
/// a vacuum it also looks each row up that an index alone could count.
///
/// What was written is committed by then, so that a failure is only logged.
pub async fn analyze(database: &Database) {
    let statement = match database.engine() {
        Engine::Sqlite => "ANALYZE",
        // By name: not all tables of a database need be ours.
        Engine::Postgres => {
            "VACUUM (ANALYZE) issues, issue_translations, articles, article_translations, \
             article_texts, article_search, article_key_terms, author_articles, bylines, topics, \
             topic_translations, authors, author_translations, former_slugs, change_log, \
             visible_words"
        }
    };
    if let Err(fault) = database.writer().execute_unprepared(statement).await {
        tracing::warn!("the planner's statistics are not up to date: {fault}");
    }
}
