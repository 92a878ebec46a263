//! All SQL of sitemaps.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};

use crate::content::language::{Sight, Translated};
use crate::database::Database;
use crate::error::Error;

/// Some of the things that readers see, in whatever language.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Group {
    /// The year that their issue begins in, of articles.
    pub(super) year: Option<i32>,
    pub(super) count: i64,
    /// When the words of one of them were last changed.
    pub(super) updated_at: DateTime<Utc>,
}

/// How many things of a kind readers see: articles by year.
pub(super) async fn groups(db: &Database, what: Translated) -> Result<Vec<Group>, Error> {
    let (_, words) = what.words();
    let mut select = seen(what);
    select
        .expr_as(Expr::col((words, what.key())).count_distinct(), "count")
        .expr_as(Expr::col((words, "updated_at")).max(), "updated_at");
    if what == Translated::Article {
        let year = db.year(("i", "starts_on"));
        select
            .expr_as(year.clone(), "year")
            .add_group_by([year.clone()])
            .order_by_expr(year, Order::Desc);
    } else {
        select.expr_as(Expr::cust("CAST(NULL AS integer)"), "year");
        // Without any there is no row.
        select.and_having(Expr::cust("COUNT(*) > 0"));
    }
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| Group::from_query_result(row, ""));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Things of a kind that readers see, in the order in which they came in: some
/// after the first so many.
pub(super) async fn ids(
    db: &Database,
    what: Translated,
    year: Option<i32>,
    (first, after): (u64, u64),
) -> Result<Vec<i64>, Error> {
    let mut select = seen(what);
    if let Some(year) = year {
        select.and_where(db.year(("i", "starts_on")).eq(year));
    }
    let id = Expr::col((what.words().1, what.key()));
    select
        .distinct()
        .expr_as(id.clone(), "id")
        .order_by_expr(id, Order::Asc)
        .limit(first)
        .offset(after);
    read(db, &select).await
}

/// Articles that have words which were published since this time, the first
/// that came in last.
pub(super) async fn published_since(
    db: &Database,
    since: DateTime<Utc>,
    first: u64,
) -> Result<Vec<i64>, Error> {
    let mut select = seen(Translated::Article);
    let id = Expr::col(("at", "article_id"));
    select
        .distinct()
        .expr_as(id.clone(), "id")
        .and_where(Expr::col(("at", "public_at")).gte(since))
        .order_by_expr(id, Order::Desc)
        .limit(first);
    read(db, &select).await
}

/// The words that readers see, with the things, and with the issues of articles.
fn seen(what: Translated) -> SelectStatement {
    let (table, words) = what.words();
    let (things, thing) = what.things();
    let mut select = Query::select();
    select
        .from_as(table, words)
        .join_as(
            JoinType::InnerJoin,
            things,
            thing,
            Expr::col((thing, "id")).equals((words, what.key())),
        )
        .cond_where(Sight::Public.sees(what, words));
    if what == Translated::Article {
        let of_issue = Expr::col(("i", "id")).equals(("a", "issue_id"));
        select.join_as(JoinType::InnerJoin, "issues", "i", of_issue);
    }
    select
}

async fn read(db: &Database, select: &SelectStatement) -> Result<Vec<i64>, Error> {
    let rows = db.rows(select).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id"));
    Ok(ids.collect::<Result<_, _>>()?)
}
