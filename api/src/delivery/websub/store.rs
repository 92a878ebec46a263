//! All SQL of WebSub.

use masthead_entities::change_log_entry::Thing;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ActiveEnum as _, DbErr};

use crate::database::Database;

/// The slugs of those of the given topics that readers see.
pub(super) async fn topics(database: &Database, ids: &[i64]) -> Result<Vec<String>, DbErr> {
    slugs(database, "topics", Thing::Topic, ids).await
}

/// The same of issues.
pub(super) async fn issues(database: &Database, ids: &[i64]) -> Result<Vec<String>, DbErr> {
    slugs(database, "issues", Thing::Issue, ids).await
}

/// The slugs of the authors of articles.
pub(super) async fn authors(database: &Database, articles: &[i64]) -> Result<Vec<String>, DbErr> {
    let author = Expr::col(("u", "id")).equals(("b", "author_id"));
    let select = Query::select()
        .distinct()
        .column(("u", "slug"))
        .from_as("bylines", "b")
        .join_as(JoinType::InnerJoin, "authors", "u", author)
        .and_where(database.is_any(("b", "article_id"), articles))
        .to_owned();
    read(database, &select).await
}

async fn slugs(
    database: &Database,
    table: &'static str,
    thing: Thing,
    ids: &[i64],
) -> Result<Vec<String>, DbErr> {
    let visible = Query::select()
        .column("thing_id")
        .from("visible_words")
        .and_where(Expr::col("thing").eq(thing.to_value()))
        .to_owned();
    let select = Query::select()
        .column("slug")
        .from(table)
        .and_where(database.is_any("id", ids))
        .and_where(Expr::col("id").in_subquery(visible))
        .to_owned();
    read(database, &select).await
}

async fn read(database: &Database, select: &SelectStatement) -> Result<Vec<String>, DbErr> {
    let rows = database.rows(select).await?;
    rows.iter().map(|row| row.try_get("", "slug")).collect()
}
