//! What the mutations of issues ask the database for.

use chrono::{DateTime, Utc};
use masthead_entities::{article, article_translation, issue};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Articles in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// An article in its issue.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Placed {
    pub id: i64,
    pub key: String,
    pub position: i32,
    pub version: i32,
}

/// The facts of an issue; `None` where there is none.
pub async fn find(tx: &DatabaseTransaction, id: i64) -> Result<Option<issue::Model>, DbErr> {
    issue::Entity::find_by_id(id).one(tx).await
}

/// The issue with this number.
pub async fn numbered(tx: &DatabaseTransaction, number: i32) -> Result<Option<i64>, DbErr> {
    issue::Entity::find()
        .select_only()
        .column(issue::Column::Id)
        .filter(issue::Column::Number.eq(number))
        .into_tuple()
        .one(tx)
        .await
}

/// The greatest number that an issue has; 0 where there are none.
pub async fn last_number(tx: &DatabaseTransaction) -> Result<i32, DbErr> {
    let last: Option<i32> = issue::Entity::find()
        .select_only()
        .column(issue::Column::Number)
        .order_by_desc(issue::Column::Number)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.unwrap_or(0))
}

/// The articles of an issue in order.
pub async fn articles(tx: &DatabaseTransaction, id: i64) -> Result<Vec<Placed>, DbErr> {
    article::Entity::find()
        .filter(article::Column::IssueId.eq(id))
        .order_by_asc(article::Column::Position)
        .into_model()
        .all(tx)
        .await
}

/// Move articles of one issue to these positions, and count the write of each.
/// They may hold each other's.
pub async fn move_articles(tx: &DatabaseTransaction, moved: &[(i64, i32)]) -> Result<(), DbErr> {
    // Two articles never share a position, not even for a moment: all of them
    // leave theirs first.
    for some in moved.chunks(ROWS) {
        article::Entity::update_many()
            .col_expr(
                article::Column::Position,
                Expr::val(0).sub(Expr::col(article::Column::Position)),
            )
            .filter(article::Column::Id.is_in(some.iter().map(|(id, _)| *id)))
            .exec(tx)
            .await?;
    }
    for some in moved.chunks(ROWS) {
        let place = some.iter().fold(CaseStatement::new(), |case, (id, place)| {
            case.case(Expr::col(article::Column::Id).eq(*id), *place)
        });
        article::Entity::update_many()
            .col_expr(article::Column::Position, place.into())
            .col_expr(
                article::Column::Version,
                Expr::col(article::Column::Version).add(1),
            )
            .filter(article::Column::Id.is_in(some.iter().map(|(id, _)| *id)))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// When an issue was published; `None`: it is not, or there is none.
pub async fn published_at(
    tx: &DatabaseTransaction,
    id: i64,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let issue = find(tx, id).await?;
    Ok(issue.and_then(|issue| issue.published_at))
}

/// The words of an issue's articles that readers see.
pub async fn public(tx: &DatabaseTransaction, id: i64) -> Result<Vec<(i64, String)>, DbErr> {
    let articles = Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::IssueId.eq(id))
        .to_owned();
    article_translation::Entity::find()
        .select_only()
        .columns([
            article_translation::Column::ArticleId,
            article_translation::Column::Locale,
        ])
        .filter(article_translation::Column::ArticleId.in_subquery(articles))
        .filter(article_translation::Column::PublicAt.is_not_null())
        .into_tuple()
        .all(tx)
        .await
}
