//! Issues.

use masthead_entities::issue;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
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
