//! All SQL of issues.

pub(super) mod completeness;
pub(super) mod write;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order as Sort, Query};

use crate::content::language::{Locales, Translated};
use crate::content::store::{Served, Written, counted, read, select_row, served, served_row};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::scalar::Week;

/// An issue as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub number: i32,
    pub facts_version: i32,
    pub slug: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub published_at: DateTime<Utc>,
    pub title: Option<String>,
    #[sea_orm(nested)]
    pub written: Written,
}

impl Served for Row {
    const WHAT: Translated = Translated::Issue;
    const FACTS: &'static [&'static str] =
        &["number", "slug", "starts_on", "ends_on", "published_at"];
    const WORDS: &'static [&'static str] = &["title"];

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.slug.len() + self.title.as_ref().map_or(0, String::len)
    }
}

/// Where to look for the next issue or the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Next,
    Previous,
}

/// How many issues start in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Month {
    pub year: i32,
    /// From 1.
    pub month: i32,
    pub count: i64,
}

/// All issues, the one that started last first.
pub async fn all(db: &Database, locales: &Locales) -> Result<Vec<Row>, Error> {
    let mut select = served_row::<Row>(locales);
    select
        .order_by(("i", "starts_on"), Sort::Desc)
        .order_by(("i", "id"), Sort::Desc);
    read(db, &select).await
}

/// How many issues start in each month that has some, newest first.
pub async fn months(db: &Database, locales: &Locales) -> Result<Vec<Month>, Error> {
    let (year, month) = (db.year(("i", "starts_on")), db.month(("i", "starts_on")));
    let mut select = counted(Translated::Issue, locales, None);
    select
        .expr_as(year.clone(), "year")
        .expr_as(month.clone(), "month")
        .add_group_by([year.clone(), month.clone()])
        .order_by_expr(year, Sort::Desc)
        .order_by_expr(month, Sort::Desc);
    read(db, &select).await
}

/// The issue that started last.
pub async fn latest(db: &Database, locales: &Locales) -> Result<Option<Row>, Error> {
    last_started(db, None, locales).await
}

/// The issue with this number.
pub async fn by_number(
    db: &Database,
    number: i32,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let condition = Expr::col(("i", "number")).eq(number);
    last_started(db, Some(condition), locales).await
}

/// The issue that started last of those that started in this week.
pub async fn started_in(
    db: &Database,
    week: Week,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let (monday, sunday) = week.days();
    let condition = Expr::col(("i", "starts_on")).between(monday, sunday);
    last_started(db, Some(condition), locales).await
}

/// The issue that started last of those that hold this day.
pub async fn holding(
    db: &Database,
    day: NaiveDate,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let condition = Expr::col(("i", "starts_on"))
        .lte(day)
        .and(Expr::col(("i", "ends_on")).gte(day));
    last_started(db, Some(condition), locales).await
}

/// The articles of an issue, whoever sees them, by their positions.
pub async fn article_ids(db: &Database, issue: i64) -> Result<Vec<i64>, Error> {
    let select = Query::select()
        .column("id")
        .from("articles")
        .and_where(Expr::col("issue_id").eq(issue))
        .order_by("position", Sort::Asc)
        .to_owned();
    let rows = db.rows(&select).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id"));
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The issues that stand next to these in time, by the key of the issue that
/// they stand next to.
pub async fn neighbours(
    db: &Database,
    ids: &[i64],
    step: Step,
    locales: &Locales,
) -> Result<HashMap<i64, Row>, Error> {
    let when = |alias: &'static str| {
        Expr::tuple([Expr::col((alias, "starts_on")), Expr::col((alias, "id"))])
    };
    let (sort, beyond) = match step {
        Step::Next => (Sort::Asc, when("i").gt(when("here"))),
        Step::Previous => (Sort::Desc, when("i").lt(when("here"))),
    };
    let neighbour = served(Translated::Issue, locales)
        .expr(Expr::col(("it", "id")))
        .and_where(beyond)
        .order_by(("i", "starts_on"), sort.clone())
        .order_by(("i", "id"), sort)
        .limit(1)
        .to_owned();
    let steps = Query::select()
        .expr_as(Expr::col(("here", "id")), "here")
        .expr_as(
            Expr::SubQuery(None, Box::new(neighbour.into())),
            "neighbour",
        )
        .from_as("issues", "here")
        .and_where(db.is_any(("here", "id"), ids))
        .to_owned();
    let (issues, _) = locales.sight().things(Translated::Issue);
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("steps", "here")), "here")
        .from_subquery(steps, "steps")
        .join_as(
            JoinType::InnerJoin,
            "issue_translations",
            "it",
            Expr::col(("it", "id")).equals(("steps", "neighbour")),
        )
        .join_as(
            JoinType::InnerJoin,
            issues,
            "i",
            Expr::col(("i", "id")).equals(("it", "issue_id")),
        );
    select_row::<Row>(&mut select);
    let mut found = HashMap::new();
    for row in db.rows(&select).await? {
        found.insert(row.try_get("", "here")?, Row::from_query_result(&row, "")?);
    }
    Ok(found)
}

async fn last_started(
    db: &Database,
    condition: Option<Expr>,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let mut select = served_row::<Row>(locales);
    if let Some(condition) = condition {
        select.and_where(condition);
    }
    select
        .order_by(("i", "starts_on"), Sort::Desc)
        .order_by(("i", "id"), Sort::Desc)
        .limit(1);
    Ok(read(db, &select).await?.into_iter().next())
}
