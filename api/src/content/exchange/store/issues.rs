//! Issues.

use masthead_entities::{article, article_translation, issue};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use chrono::{DateTime, Utc};

/// Number, id and time of publication of all issues.
pub(crate) async fn all(
    tx: &DatabaseTransaction,
) -> Result<Vec<(i32, i64, Option<DateTime<Utc>>)>, DbErr> {
    issue::Entity::find()
        .select_only()
        .columns([
            issue::Column::Number,
            issue::Column::Id,
            issue::Column::PublishedAt,
        ])
        .into_tuple()
        .all(tx)
        .await
}

/// Issues in the order of their numbers, after `number`.
pub(crate) async fn after(
    tx: &DatabaseTransaction,
    number: i32,
    limit: u64,
) -> Result<Vec<issue::Model>, DbErr> {
    issue::Entity::find()
        .filter(issue::Column::Number.gt(number))
        .order_by_asc(issue::Column::Number)
        .limit(limit)
        .all(tx)
        .await
}

/// The issues with these numbers.
pub(crate) async fn numbered(
    tx: &DatabaseTransaction,
    numbers: &[i32],
) -> Result<Vec<issue::Model>, DbErr> {
    issue::Entity::find()
        .filter(issue::Column::Number.is_in(numbers.iter().copied()))
        .all(tx)
        .await
}

/// The issues that have one of these slugs now.
pub(crate) async fn with_slugs(
    tx: &DatabaseTransaction,
    slugs: impl Iterator<Item = &str>,
) -> Result<Vec<issue::Model>, DbErr> {
    issue::Entity::find()
        .filter(issue::Column::Slug.is_in(slugs))
        .all(tx)
        .await
}

/// The issues with these ids.
pub(crate) async fn with_ids(
    tx: &DatabaseTransaction,
    ids: impl Iterator<Item = i64>,
) -> Result<Vec<issue::Model>, DbErr> {
    issue::Entity::find()
        .filter(issue::Column::Id.is_in(ids))
        .all(tx)
        .await
}

/// Give issues a slug that nobody can have, so that another can take theirs.
pub(crate) async fn park(tx: &DatabaseTransaction, ids: &[i64]) -> Result<(), DbErr> {
    for id in ids {
        set_slug(tx, *id, parked_slug(*id)).await?;
    }
    Ok(())
}

/// The slug that [`park`] gives an issue.
pub(crate) fn parked_slug(id: i64) -> String {
    format!(" {id}")
}

/// Give an issue a slug.
pub(crate) async fn set_slug(tx: &DatabaseTransaction, id: i64, slug: String) -> Result<(), DbErr> {
    issue::Entity::update_many()
        .col_expr(issue::Column::Slug, Expr::value(slug))
        .filter(issue::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Write issues; those that are there by their number get the new facts.
pub(crate) async fn write(
    tx: &DatabaseTransaction,
    issues: Vec<issue::ActiveModel>,
) -> Result<(), DbErr> {
    if issues.is_empty() {
        return Ok(());
    }
    let conflict = OnConflict::column(issue::Column::Number)
        .update_columns([
            issue::Column::Slug,
            issue::Column::StartsOn,
            issue::Column::EndsOn,
            issue::Column::PublishedAt,
        ])
        .value(
            issue::Column::Version,
            Expr::col((issue::Entity, issue::Column::Version)).add(1),
        )
        .to_owned();
    issue::Entity::insert_many(issues)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Make `public_at` true again for all articles of issues.
pub(crate) async fn refresh_public_at(
    tx: &DatabaseTransaction,
    issues: &[i64],
) -> Result<(), DbErr> {
    let articles = Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::IssueId.is_in(issues.iter().copied()))
        .to_owned();
    refresh(
        tx,
        article_translation::Column::ArticleId.in_subquery(articles),
    )
    .await
}

/// Make `public_at` true again for articles.
pub(crate) async fn refresh_public_at_of_articles(
    tx: &DatabaseTransaction,
    articles: &[i64],
) -> Result<(), DbErr> {
    refresh(
        tx,
        article_translation::Column::ArticleId.is_in(articles.iter().copied()),
    )
    .await
}

async fn refresh(tx: &DatabaseTransaction, which: SimpleExpr) -> Result<(), DbErr> {
    let public_at = Expr::cust(
        "(SELECT COALESCE(article_translations.published_at, issues.published_at)
          FROM articles JOIN issues ON issues.id = articles.issue_id
          WHERE articles.id = article_translations.article_id
            AND issues.published_at IS NOT NULL
            AND article_translations.state = 'PUBLISHED')",
    );
    article_translation::Entity::update_many()
        .col_expr(article_translation::Column::PublicAt, public_at)
        .filter(which)
        .exec(tx)
        .await
        .map(|_| ())
}
