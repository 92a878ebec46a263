//! Lists of articles, all of them and those below other things.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{DbErr, QueryResult};

use super::{Parent, Row, read_row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::rich_text::Forms;
use crate::content::store;
use crate::database::{Database, Engine};
use crate::error::Error;
use crate::graphql::keyset::{Cursor, Order, Slice};
use crate::graphql::page::Page;

/// Which articles a list holds, and in which order.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub locales: Locales,
    pub condition: Condition,
    pub order: Order,
    /// Whether the order asks for columns of the issue or of the topic.
    pub joins: Joins,
    /// The translations that a search finds, with `id` and `score`; `None`: it
    /// is not a search.
    pub scored: Option<SelectStatement>,
}

/// An article that a search finds.
#[derive(Clone, Debug)]
pub struct Found {
    pub row: Arc<Row>,
    pub score: i64,
}

/// Tables that an order needs beside the article's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joins {
    pub issues: bool,
    pub topics: bool,
}

/// One page of all articles.
pub async fn page(
    db: &Database,
    wanted: &Wanted,
    page: &Page,
    forms: Forms,
) -> Result<Slice<Row>, Error> {
    let select = of_page(wanted, page, forms)?;
    let rows = db.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| with_cursor(row, &wanted.order, forms));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// One page of what a search finds; nothing where `wanted` is none.
pub async fn found(
    db: &Database,
    wanted: &Wanted,
    page: &Page,
    forms: Forms,
) -> Result<Slice<Found>, Error> {
    let Some(scored) = &wanted.scored else {
        return Ok(Slice::default());
    };
    let mut select = of_page(wanted, page, forms)?;
    select
        .expr_as(Expr::col(("s", "score")).cast_as("bigint"), "score")
        .join_subquery(
            JoinType::InnerJoin,
            scored.clone(),
            "s",
            Expr::col(("s", "id")).equals(("at", "id")),
        );
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| {
        let (cursor, article) = with_cursor(row, &wanted.order, forms)?;
        let found = Found {
            row: Arc::new(article),
            score: row.try_get("", "score")?,
        };
        Ok((cursor, found))
    });
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

fn of_page(wanted: &Wanted, page: &Page, forms: Forms) -> Result<SelectStatement, Error> {
    let mut select = served(&wanted.locales);
    select_row(&mut select, forms);
    wanted.order.select_keys(&mut select);
    join_for_order(&mut select, wanted);
    select.cond_where(wanted.condition.clone());
    wanted.order.cut(&mut select, page)?;
    Ok(select)
}

/// One page below each of `parents`, read in one statement.
pub async fn pages_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    wanted: &Wanted,
    page: &Page,
    forms: Forms,
) -> Result<HashMap<i64, Slice<Row>>, Error> {
    let mut select = Query::select();
    let key = db.from_each(&mut select, parents, "parent");

    let mut ids = served(&wanted.locales);
    ids.expr_as(Expr::col(("at", "id")), "id");
    join_for_order(&mut ids, wanted);
    below(&mut ids, parent);
    ids.and_where(parent_column(parent).eq(key.clone()))
        .cond_where(wanted.condition.clone());
    wanted.order.cut(&mut ids, page)?;

    let (words, _) = wanted.locales.sight().words(Translated::Article);
    match db.engine() {
        Engine::Postgres => {
            select
                .join_lateral(JoinType::InnerJoin, ids, "found", Expr::cust("TRUE"))
                .join_as(
                    JoinType::InnerJoin,
                    words,
                    "at",
                    Expr::col(("at", "id")).equals(("found", "id")),
                );
        }
        Engine::Sqlite => {
            // Without LATERAL: the words are looked up by the keys that a
            // subquery finds for each parent. CROSS fixes that order; it takes
            // no condition of its own.
            select
                .join_as(JoinType::CrossJoin, words, "at", Condition::all())
                .and_where(Expr::col(("at", "id")).in_subquery(ids));
        }
    }
    store::join_things(&mut select, Translated::Article, wanted.locales.sight());
    select_row(&mut select, forms);
    select.expr_as(key, "parent");
    wanted.order.select_keys(&mut select);
    join_for_order(&mut select, wanted);
    wanted.order.sort(&mut select, page);

    let mut found: HashMap<i64, Vec<(Cursor, Row)>> = HashMap::new();
    for row in db.rows(&select).await? {
        let parent = row.try_get("", "parent")?;
        found
            .entry(parent)
            .or_default()
            .push(with_cursor(&row, &wanted.order, forms)?);
    }
    Ok(parents
        .iter()
        .map(|parent| {
            let rows = found.remove(parent).unwrap_or_default();
            (*parent, Order::slice(page, rows))
        })
        .collect())
}

/// How many articles there are below each of `parents`: those that `condition`
/// keeps, or all.
pub async fn counts_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    locales: &Locales,
    condition: Option<Condition>,
) -> Result<HashMap<i64, u64>, Error> {
    let has_facts = condition.is_some();
    let mut select = store::counted(Translated::Article, locales, condition);
    if parent == Parent::Issue && !has_facts {
        store::join_things(&mut select, Translated::Article, locales.sight());
    }
    below(&mut select, parent);
    select
        .expr_as(parent_column(parent), "parent")
        .and_where(of_parents(db, parent, parents))
        .add_group_by([parent_column(parent)]);
    let mut counts: HashMap<i64, u64> = parents.iter().map(|parent| (*parent, 0)).collect();
    for row in db.rows(&select).await? {
        let count: i64 = row.try_get("", "count")?;
        counts.insert(row.try_get("", "parent")?, count.unsigned_abs());
    }
    Ok(counts)
}

/// What the articles hang on for which `condition` holds, of those that exist
/// for a reader of `locales`.
pub fn parents(parent: Parent, locales: &Locales, condition: Condition) -> SelectStatement {
    let mut select = served(locales);
    below(&mut select, parent);
    select
        .expr(parent_column(parent))
        .cond_where(condition)
        .to_owned()
}

/// Join what tells whose article it is.
pub(super) fn below(select: &mut SelectStatement, parent: Parent) {
    if parent == Parent::Author {
        select.join_as(
            JoinType::InnerJoin,
            "bylines",
            "b",
            Expr::col(("b", "article_id")).equals(("at", "article_id")),
        );
    }
}

/// The column that holds the parent's key.
pub(super) fn parent_column(parent: Parent) -> Expr {
    Expr::col(key(parent))
}

/// Whether an article hangs on one of these parents.
pub(super) fn of_parents(db: &Database, parent: Parent, ids: &[i64]) -> Expr {
    db.is_any(key(parent), ids)
}

const fn key(parent: Parent) -> (&'static str, &'static str) {
    match parent {
        Parent::Issue => ("a", "issue_id"),
        Parent::Topic => ("at", "topic_id"),
        Parent::Author => ("b", "author_id"),
    }
}

fn join_for_order(select: &mut SelectStatement, wanted: &Wanted) {
    let joins = wanted.joins;
    if joins.issues {
        let (issues, _) = wanted.locales.sight().things(Translated::Issue);
        select.join_as(
            JoinType::InnerJoin,
            issues,
            "i",
            Expr::col(("i", "id")).equals(("a", "issue_id")),
        );
    }
    if joins.topics {
        select.join_as(
            JoinType::InnerJoin,
            "topics",
            "t",
            Expr::col(("t", "id")).equals(("a", "topic_id")),
        );
    }
}

fn with_cursor(row: &QueryResult, order: &Order, forms: Forms) -> Result<(Cursor, Row), DbErr> {
    Ok((order.cursor(row)?, read_row(row, forms)?))
}
