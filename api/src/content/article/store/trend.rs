//! What articles say happened to their topics, issue by issue.
//!
//! Of several articles of an issue on one topic, the first by position that
//! makes an assessment speaks for all; where none does, the first. Only issues
//! that exist for the reader count.

use std::collections::HashMap;

use chrono::NaiveDate;
use masthead_entities::article::Trend;
use sea_orm::sea_query::{
    Expr, ExprTrait, Func, JoinType, Order as Sort, OverStatement as _, Query, SelectStatement,
    WindowStatement,
};
use sea_orm::{ActiveEnum as _, DbErr, QueryResult};

use super::{Parts, Row, read_row, select_row, served};
use crate::content::language::{Locales, Sight, Translated};
use crate::content::store;
use crate::database::Database;
use crate::error::Error;

/// Days that an issue may begin on, inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// What happened to a topic of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What its newest issue says.
    pub trend: Option<Trend>,
    /// How many of its issues in a row say the same, the newest among them; 0
    /// where it says nothing.
    pub streak: i64,
}

/// The articles that speak for these topics in each issue, at most `most` a
/// topic, oldest first, by the topic's key.
pub async fn series_of(
    db: &Database,
    topics: &[i64],
    span: Span,
    most: u32,
    locales: &Locales,
) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let mut candidates = candidates(locales);
    candidates
        .and_where(db.is_any(("at", "topic_id"), topics))
        .and_where_option(span.from.map(|day| Expr::col(("i", "starts_on")).gte(day)))
        .and_where_option(span.to.map(|day| Expr::col(("i", "starts_on")).lte(day)));
    let mut points = speaking(candidates);
    points
        .column("id")
        .expr_window_as(Expr::cust("ROW_NUMBER()"), in_time(Sort::Asc), "place");

    let mut select = rows_of(points, locales.sight());
    select
        .and_where(Expr::col(("found", "place")).lte(most))
        .order_by(("found", "place"), Sort::Asc);
    grouped(db, &select, "topic_id").await
}

/// What happened to these topics of late, by the topic's key; nothing of
/// topics that no article is on.
pub async fn standings(
    db: &Database,
    topics: &[i64],
    locales: &Locales,
) -> Result<HashMap<i64, Standing>, Error> {
    let mut candidates = candidates(locales);
    candidates.and_where(db.is_any(("at", "topic_id"), topics));
    // Compared as texts: an assessment that is not made is like none.
    let said = || Expr::from(Func::coalesce([Expr::col("trend"), Expr::cust("''")]));
    let newest = Func::cust("FIRST_VALUE").arg(said());
    let mut points = speaking(candidates);
    points
        .column("topic_id")
        .expr_as(said(), "said")
        .expr_window_as(newest, in_time(Sort::Desc), "newest")
        .expr_window_as(Expr::cust("ROW_NUMBER()"), in_time(Sort::Desc), "place");
    let select = Query::select()
        .columns(["topic_id", "newest"])
        .expr_as(Expr::cust("COUNT(*)"), "points")
        .expr_as(
            Expr::cust("MIN(CASE WHEN said <> newest THEN place END)"),
            "broken",
        )
        .from_subquery(points, "points")
        .group_by_columns(["topic_id", "newest"])
        .to_owned();
    let rows = db.rows(&select).await?;
    let standings = rows
        .iter()
        .map(|row| Ok((row.try_get("", "topic_id")?, standing(row)?)));
    Ok(standings.collect::<Result<_, DbErr>>()?)
}

/// The articles that speak for each topic in these issues, by the topics'
/// positions, by the issue's key. Topics that do not exist for the reader are
/// left out.
pub async fn speaking_in(
    db: &Database,
    issues: &[i64],
    locales: &Locales,
) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let mut candidates = candidates(locales);
    candidates
        .and_where(db.is_any(("a", "issue_id"), issues))
        .and_where(store::exists(
            Translated::Topic,
            ("at", "topic_id"),
            locales,
        ));
    let mut points = speaking(candidates);
    points.column("id");

    let mut select = rows_of(points, locales.sight());
    select
        .join_as(
            JoinType::InnerJoin,
            "topics",
            "t",
            Expr::col(("t", "id")).equals(("a", "topic_id")),
        )
        .order_by(("t", "position"), Sort::Asc)
        .order_by(("t", "id"), Sort::Asc);
    grouped(db, &select, "issue_id").await
}

/// The articles that exist for the reader in issues that do, ranked among those
/// of the same issue and topic.
fn candidates(locales: &Locales) -> SelectStatement {
    let mut rank = WindowStatement::partition_by(("at", "topic_id"));
    rank.add_partition_by(Expr::col(("a", "issue_id")))
        .order_by_expr(
            Expr::cust("CASE WHEN a.trend IS NULL THEN 1 ELSE 0 END"),
            Sort::Asc,
        )
        .order_by(("a", "position"), Sort::Asc);
    let (issues, _) = locales.sight().things(Translated::Issue);
    served(locales)
        .expr_as(Expr::col(("at", "id")), "id")
        .expr_as(Expr::col(("at", "topic_id")), "topic_id")
        .expr_as(Expr::col(("a", "issue_id")), "issue_id")
        .expr_as(Expr::col(("a", "trend")), "trend")
        .expr_as(Expr::col(("i", "starts_on")), "starts_on")
        .expr_window_as(Expr::cust("ROW_NUMBER()"), rank, "rank")
        .join_as(
            JoinType::InnerJoin,
            issues,
            "i",
            Expr::col(("i", "id")).equals(("a", "issue_id")),
        )
        .and_where(store::exists(Translated::Issue, ("a", "issue_id"), locales))
        .to_owned()
}

/// Those of the candidates that speak for their topic in their issue.
fn speaking(candidates: SelectStatement) -> SelectStatement {
    Query::select()
        .from_subquery(candidates, "candidates")
        .and_where(Expr::col("rank").eq(1))
        .to_owned()
}

/// The order of a topic's issues in time.
fn in_time(direction: Sort) -> WindowStatement {
    let mut order = WindowStatement::partition_by("topic_id");
    order
        .order_by("starts_on", direction.clone())
        .order_by("issue_id", direction)
        .take()
}

/// The articles whose words `found` has the keys of.
fn rows_of(found: SelectStatement, sight: Sight) -> SelectStatement {
    let (words, _) = sight.words(Translated::Article);
    let mut select = Query::select();
    select.from_subquery(found, "found").join_as(
        JoinType::InnerJoin,
        words,
        "at",
        Expr::col(("at", "id")).equals(("found", "id")),
    );
    store::join_things(&mut select, Translated::Article, sight);
    select_row(&mut select, Parts::WHOLE);
    select
}

async fn grouped(
    db: &Database,
    select: &SelectStatement,
    key: &str,
) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    for row in db.rows(select).await? {
        let rows = found.entry(row.try_get("", key)?).or_default();
        rows.push(read_row(&row, Parts::WHOLE)?);
    }
    Ok(found)
}

fn standing(row: &QueryResult) -> Result<Standing, DbErr> {
    let newest: String = row.try_get("", "newest")?;
    if newest.is_empty() {
        return Ok(Standing::default());
    }
    let points: i64 = row.try_get("", "points")?;
    let broken: Option<i64> = row.try_get("", "broken")?;
    Ok(Standing {
        trend: Some(Trend::try_from_value(&newest)?),
        streak: broken.map_or(points, |place| place - 1),
    })
}
