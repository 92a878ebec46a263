//! Articles by what they are known by.

use std::collections::HashMap;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Order as Sort, Query, UnionType};

use super::{Columns, Row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::content::store;
use crate::database::Database;
use crate::error::Error;

/// The articles with these keys, as far as they exist for the reader.
pub async fn by_ids(
    db: &Database,
    ids: &[i64],
    locales: &Locales,
    columns: Columns,
) -> Result<Vec<Row>, Error> {
    let mut select = served(locales);
    select_row(&mut select, columns);
    select.and_where(db.is_any(("a", "id"), ids));
    store::read(db, &select).await
}

/// The article that has this slug in one of the reader's locales, or had it
/// before it was renamed. A slug in use wins over a former one, then the
/// reader's order of locales.
pub async fn by_slug(
    db: &Database,
    slug: &str,
    locales: &Locales,
    columns: Columns,
) -> Result<Option<Row>, Error> {
    let present = Query::select()
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::cust("0"), "former")
        .expr_as(locales.rank("at"), "preference")
        .from_as("article_translations", "at")
        .and_where(Expr::col(("at", "slug")).eq(slug))
        .cond_where(locales.any(Translated::Article))
        .to_owned();
    let former = Query::select()
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::cust("1"), "former")
        .expr_as(locales.rank("at"), "preference")
        .from_as("former_slugs", "f")
        .join_as(
            JoinType::InnerJoin,
            "article_translations",
            "at",
            Condition::all()
                .add(Expr::col(("at", "article_id")).equals(("f", "article_id")))
                .add(Expr::col(("at", "locale")).equals(("f", "locale"))),
        )
        .and_where(Expr::col(("f", "slug")).eq(slug))
        .cond_where(locales.any(Translated::Article))
        .to_owned();
    let mut both = present;
    both.union(UnionType::All, former);
    let id = Query::select()
        .column("article_id")
        .from_subquery(both, "found")
        .order_by("former", Sort::Asc)
        .order_by("preference", Sort::Asc)
        .limit(1)
        .to_owned();

    let mut select = served(locales);
    select_row(&mut select, columns);
    select.and_where(Expr::col(("a", "id")).eq(Expr::SubQuery(None, Box::new(id.into()))));
    Ok(store::read(db, &select).await?.into_iter().next())
}

/// The issue and the topic of these articles, for their addresses.
pub async fn places(db: &Database, ids: &[i64]) -> Result<HashMap<i64, Place>, Error> {
    let select = Query::select()
        .expr_as(Expr::col(("a", "id")), "id")
        .expr_as(Expr::col(("t", "slug")), "topic")
        .expr_as(Expr::col(("i", "slug")), "issue")
        .expr_as(Expr::col(("i", "number")), "number")
        .expr_as(Expr::col(("i", "starts_on")), "starts_on")
        .from_as("articles", "a")
        .join_as(
            JoinType::InnerJoin,
            "issues",
            "i",
            Expr::col(("i", "id")).equals(("a", "issue_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            "topics",
            "t",
            Expr::col(("t", "id")).equals(("a", "topic_id")),
        )
        .and_where(db.is_any(("a", "id"), ids))
        .to_owned();
    let mut places = HashMap::new();
    for row in db.rows(&select).await? {
        let place = Place {
            topic: row.try_get("", "topic")?,
            issue: row.try_get("", "issue")?,
            number: row.try_get("", "number")?,
            starts_on: row.try_get("", "starts_on")?,
        };
        places.insert(row.try_get("", "id")?, place);
    }
    Ok(places)
}
