//! Articles by what they are known by.

use std::collections::HashMap;

use sea_orm::sea_query::{
    Condition, Expr, ExprTrait, JoinType, Order as Sort, Query, SelectStatement, UnionType,
};
use sea_orm::{DbErr, QueryResult};

use super::{Address, Parts, Row, read_row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::database::Database;
use crate::error::Error;

/// The articles with these keys, as far as they exist for the reader.
pub async fn by_ids(
    db: &Database,
    ids: &[i64],
    locales: &Locales,
    parts: Parts,
) -> Result<Vec<Row>, Error> {
    let mut select = served(locales);
    select_row(&mut select, parts);
    select.and_where(db.is_any(("a", "id"), ids));
    read(db, &select, parts).await
}

/// The article that has this slug in one of the reader's locales, or had it
/// before it was renamed. A slug in use wins over a former one, then the
/// reader's order of locales.
pub async fn by_slug(
    db: &Database,
    slug: &str,
    locales: &Locales,
    parts: Parts,
) -> Result<Option<Row>, Error> {
    let (words, _) = locales.sight().words(Translated::Article);
    let present = Query::select()
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::cust("0"), "former")
        .expr_as(locales.rank("at"), "preference")
        .from_as(words, "at")
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
            words,
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
    select_row(&mut select, parts);
    select.and_where(Expr::col(("a", "id")).eq(Expr::SubQuery(None, Box::new(id.into()))));
    Ok(read(db, &select, parts).await?.into_iter().next())
}

/// Where the articles with these keys are shown, by key, as far as they exist
/// for the reader.
pub async fn addresses(
    db: &Database,
    keys: &[String],
    locales: &Locales,
) -> Result<HashMap<String, Address>, Error> {
    let mut select = served(locales);
    select
        .expr_as(Expr::col(("a", "key")), "key")
        .expr_as(Expr::col(("a", "id")), "id")
        .expr_as(Expr::col(("a", "issue_id")), "issue_id")
        .expr_as(Expr::col(("a", "topic_id")), "topic_id")
        .expr_as(Expr::col(("at", "locale")), "locale")
        .expr_as(Expr::col(("at", "slug")), "slug")
        .and_where(db.is_any_text(("a", "key"), keys));
    join_place(&mut select);
    let mut addresses = HashMap::new();
    for row in db.rows(&select).await? {
        let address = Address {
            id: row.try_get("", "id")?,
            issue_id: row.try_get("", "issue_id")?,
            topic_id: row.try_get("", "topic_id")?,
            locale: row.try_get("", "locale")?,
            slug: row.try_get("", "slug")?,
            place: place(&row)?,
        };
        addresses.insert(row.try_get("", "key")?, address);
    }
    Ok(addresses)
}

/// The issue and the topic of these articles, for their addresses.
pub async fn places(db: &Database, ids: &[i64]) -> Result<HashMap<i64, Place>, Error> {
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("a", "id")), "id")
        .from_as("articles", "a")
        .and_where(db.is_any(("a", "id"), ids));
    join_place(&mut select);
    let mut places = HashMap::new();
    for row in db.rows(&select).await? {
        places.insert(row.try_get("", "id")?, place(&row)?);
    }
    Ok(places)
}

async fn read(db: &Database, select: &SelectStatement, parts: Parts) -> Result<Vec<Row>, Error> {
    let rows = db.rows(select).await?;
    let rows = rows.iter().map(|row| read_row(row, parts));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Join the issue and the topic of `a`, and select what [`place`] reads.
fn join_place(select: &mut SelectStatement) {
    for (table, alias, key) in [("issues", "i", "issue_id"), ("topics", "t", "topic_id")] {
        let joined = Expr::col((alias, "id")).equals(("a", key));
        select.join_as(JoinType::InnerJoin, table, alias, joined);
    }
    select
        .expr_as(Expr::col(("t", "slug")), "topic")
        .expr_as(Expr::col(("i", "slug")), "issue")
        .expr_as(Expr::col(("i", "number")), "number")
        .expr_as(Expr::col(("i", "starts_on")), "starts_on");
}

fn place(row: &QueryResult) -> Result<Place, DbErr> {
    Ok(Place {
        topic: row.try_get("", "topic")?,
        issue: row.try_get("", "issue")?,
        number: row.try_get("", "number")?,
        starts_on: row.try_get("", "starts_on")?,
    })
}
