//! Lists of articles, all of them and those below other things.

use std::borrow::Cow;
use std::sync::Arc;

use sea_orm::sea_query::{
    CommonTableExpression, Condition, Expr, ExprTrait, JoinType, Query, SelectStatement, WithClause,
};
use sea_orm::{DbErr, QueryResult};

use super::signed::{self, Signed, join_bylines};
use super::{Parts, Row, read_row, select_row};
use crate::content::language::{Locales, Translated};
use crate::content::store;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Cursor, Order, Slice};
use crate::graphql::page::Page;

/// Which articles a list holds, and in which order.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub locales: Locales,
    pub condition: Condition,
    pub order: Order,
    /// What condition and order ask for beside the words.
    pub joins: Joins,
    /// The author that all of its articles are by, if it is about one.
    pub signed: Option<Signed>,
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

/// Tables that a list needs beside the articles' words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joins {
    /// The articles themselves, of which the others hang.
    pub facts: bool,
    pub issues: bool,
    pub topics: bool,
}

/// One page of all articles.
pub async fn page(
    db: &Database,
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<Slice<Row>, Error> {
    let select = of_page(wanted, page, parts)?;
    let rows = db.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| with_cursor(row, &wanted.order, parts));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// One page of what a search finds; nothing where `wanted` is none.
pub async fn found(
    db: &Database,
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<Slice<Found>, Error> {
    let Some(scored) = &wanted.scored else {
        return Ok(Slice::default());
    };
    let select = of_best(wanted, scored.clone(), page, parts)?;
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| {
        let (cursor, article) = with_cursor(row, &wanted.order, parts)?;
        let found = Found {
            row: Arc::new(article),
            score: row.try_get("", "score")?,
        };
        Ok((cursor, found))
    });
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// The best of a search are cut by their words alone; the rest of the row is
/// read of those that the page shows. What is scored is held, or the engines
/// would score it again wherever the score is asked for.
fn of_best(
    wanted: &Wanted,
    scored: SelectStatement,
    page: &Page,
    parts: Parts,
) -> Result<SelectStatement, Error> {
    let mut hits = CommonTableExpression::new();
    hits.table_name("hits").query(scored).materialized(true);
    let mut best = kept(wanted, false);
    best.expr_as(Expr::col(("at", "id")), "id")
        .column(("s", "score"))
        .join_as(JoinType::InnerJoin, "hits", "s", is_scored());
    inner_order(wanted).cut(&mut best, page)?;

    let sight = wanted.locales.sight();
    let (words, _) = sight.words(Translated::Article);
    let mut select = Query::select();
    select
        .with_cte(WithClause::new().cte(hits).to_owned())
        .from_subquery(best, "s")
        .join_as(JoinType::InnerJoin, words, "at", is_scored());
    if parts.columns.need_facts() {
        store::join_things(&mut select, Translated::Article, sight);
    }
    select_parts(&mut select, &wanted.order, parts);
    select.expr_as(Expr::col(("s", "score")).cast_as("bigint"), "score");
    wanted.order.sort(&mut select, page);
    Ok(select)
}

fn is_scored() -> Expr {
    Expr::col(("s", "id")).equals(("at", "id"))
}

pub(super) fn of_page(
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<SelectStatement, Error> {
    let mut select = kept(wanted, parts.columns.need_facts());
    let order = inner_order(wanted);
    select_parts(&mut select, &order, parts);
    order.cut(&mut select, page)?;
    Ok(select)
}

/// The order of a list where it is cut: by the index that it is walked by.
pub(super) fn inner_order(wanted: &Wanted) -> Cow<'_, Order> {
    match &wanted.signed {
        Some(_) => Cow::Owned(signed::order(&wanted.order)),
        None => Cow::Borrowed(&wanted.order),
    }
}

/// The words that a list holds, joined with what condition and order ask for,
/// and with the articles' facts if these are asked for; no column selected yet.
pub(super) fn kept(wanted: &Wanted, facts: bool) -> SelectStatement {
    let mut select = store::served_words(Translated::Article, &wanted.locales);
    if facts || wanted.joins.facts {
        store::join_things(&mut select, Translated::Article, wanted.locales.sight());
    }
    join_for_order(&mut select, wanted);
    if let Some(signed) = &wanted.signed {
        join_bylines(&mut select, &wanted.locales);
        signed.keep(&mut select, &wanted.locales);
    }
    select.cond_where(wanted.condition.clone());
    select
}

pub(super) fn join_for_order(select: &mut SelectStatement, wanted: &Wanted) {
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

/// Select what [`with_cursor`] reads.
pub(super) fn select_parts(select: &mut SelectStatement, order: &Order, parts: Parts) {
    select_row(select, parts);
    if parts.cursor {
        order.select_keys(select);
    }
}

pub(super) fn with_cursor(
    row: &QueryResult,
    order: &Order,
    parts: Parts,
) -> Result<(Cursor, Row), DbErr> {
    let cursor = if parts.cursor {
        order.cursor(row)?
    } else {
        Cursor::unread()
    };
    Ok((cursor, read_row(row, parts)?))
}
