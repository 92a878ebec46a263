//! Lists of articles, all of them and those below other things.

use std::sync::Arc;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, SelectStatement};
use sea_orm::{DbErr, QueryResult};

use super::{Row, read_row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::rich_text::Forms;
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

pub(super) fn of_page(
    wanted: &Wanted,
    page: &Page,
    forms: Forms,
) -> Result<SelectStatement, Error> {
    let mut select = served(&wanted.locales);
    select_row(&mut select, forms);
    wanted.order.select_keys(&mut select);
    join_for_order(&mut select, wanted);
    select.cond_where(wanted.condition.clone());
    wanted.order.cut(&mut select, page)?;
    Ok(select)
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

pub(super) fn with_cursor(
    row: &QueryResult,
    order: &Order,
    forms: Forms,
) -> Result<(Cursor, Row), DbErr> {
    Ok((order.cursor(row)?, read_row(row, forms)?))
}
