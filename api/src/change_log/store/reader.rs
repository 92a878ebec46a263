//! How far each reader has come.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::change_log_reader::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect, Set,
};

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
///
/// # Errors
/// If the database can't.
pub async fn forget(connection: &impl ConnectionTrait, name: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(name.to_owned())
        .exec(connection)
        .await
        .map(|_| ())
}

/// Let a reader go on after `position`, wherever it was, or was not.
///
/// # Errors
/// If the database can't.
pub async fn place(
    tx: &DatabaseTransaction,
    name: &str,
    position: Position,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        position: Set(position.get()),
        updated_at: Set(now),
    };
    let moved = OnConflict::column(Column::Name)
        .update_columns([Column::Position, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(moved)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Move a reader on, with what it made of the entries between, if it is still at
/// `from`. The answer is whether it was: else another process has dealt with
/// them, or it reads no more.
///
/// # Errors
/// If the database can't.
pub async fn advance(
    tx: &DatabaseTransaction,
    name: &str,
    (from, to): (Position, Position),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let moved = Entity::update_many()
        .col_expr(Column::Position, Expr::val(to.get()))
        .col_expr(Column::UpdatedAt, Expr::val(now))
        .filter(Column::Name.eq(name))
        .filter(Column::Position.eq(from.get()))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected > 0)
}

/// The saved positions of readers, by the names of those that are known.
///
/// # Errors
/// If the database does not answer.
pub async fn positions(
    connection: &impl ConnectionTrait,
    names: Vec<String>,
) -> Result<HashMap<String, Position>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Name.is_in(names))
        .all(connection)
        .await?;
    let positions = rows.into_iter();
    Ok(positions
        .map(|row| (row.name, Position(row.position)))
        .collect())
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
            forget(database.writer(), &name).await?;
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
