//! How far each reader has come.

use chrono::{DateTime, Utc};
use masthead_entities::change_log_reader::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::change_log::Position;
use crate::database::Database;

/// The saved position of a reader. One that is not known yet is, from now on,
/// at `new`.
pub(in crate::change_log) async fn register(
    database: &Database,
    name: &str,
    new: Position,
    now: DateTime<Utc>,
) -> Result<Position, DbErr> {
    if let Some(saved) = saved(database, name).await? {
        return Ok(saved);
    }
    let row = ActiveModel {
        name: Set(name.to_owned()),
        position: Set(new.get()),
        updated_at: Set(now),
    };
    // Another process may be faster; then that one's position holds.
    let known = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(database.writer())
        .await?;
    Ok(saved(database, name).await?.unwrap_or(new))
}

/// Note that a reader has dealt with all up to `position`. It never goes back.
pub(in crate::change_log) async fn save(
    database: &Database,
    name: &str,
    position: Position,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Position, Expr::val(position.get()))
        .col_expr(Column::UpdatedAt, Expr::val(now))
        .filter(Column::Name.eq(name))
        .filter(Column::Position.lt(position.get()))
        .exec(database.writer())
        .await
        .map(|_| ())
}

/// Forget a reader: nothing is kept for it any more.
pub(in crate::change_log) async fn forget(database: &Database, name: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(name.to_owned())
        .exec(database.writer())
        .await
        .map(|_| ())
}

/// Forget the readers whose names begin with `prefix`, but for those of `kept`.
///
/// # Errors
/// If the database can't.
pub async fn forget_others(
    database: &Database,
    prefix: &str,
    kept: &[String],
) -> Result<(), DbErr> {
    let names: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Name)
        .into_tuple()
        .all(database.writer())
        .await?;
    for name in names {
        if name.starts_with(prefix) && !kept.contains(&name) {
            forget(database, &name).await?;
        }
    }
    Ok(())
}

async fn saved(database: &Database, name: &str) -> Result<Option<Position>, DbErr> {
    let position: Option<i64> = Entity::find_by_id(name.to_owned())
        .select_only()
        .column(Column::Position)
        .into_tuple()
        .one(database.writer())
        .await?;
    Ok(position.map(Position))
}
