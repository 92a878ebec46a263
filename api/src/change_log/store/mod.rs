//! All SQL of the change log.

mod listen;
mod moved;
mod reader;
mod superseded;

use chrono::{DateTime, Duration, Utc};
use masthead_entities::change_log_entry::{ActiveModel, Column, Entity, Model};
use masthead_entities::change_log_head;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement,
};

use super::{Entry, NewEntry, Position};

pub(super) use listen::{Listener, listen};
pub use moved::{Left, left};
pub use reader::{advance, forget, forget_others, place, positions};
pub(super) use reader::{register, save};
pub(super) use superseded::{remove, window};

/// Rows in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// The channel by which PostgreSQL tells that the log grew.
const CHANNEL: &str = "masthead_change_log";

/// Append `entries`, in order, and tell the position of the last. They become
/// visible when `tx` is committed; whoever else wants to append waits until
/// then. Without entries the log stays as it is.
///
/// # Errors
/// If the database can't.
pub async fn append(
    tx: &DatabaseTransaction,
    entries: Vec<NewEntry>,
    now: DateTime<Utc>,
) -> Result<Position, DbErr> {
    if entries.is_empty() {
        return position(tx).await;
    }
    let count = entries.len() as i64;
    let (last, happened_at) = extend(tx, count, now).await?;
    let mut rows = (last - count + 1..)
        .zip(entries)
        .map(|(position, entry)| row(position, happened_at, entry))
        .peekable();
    while rows.peek().is_some() {
        Entity::insert_many(rows.by_ref().take(ROWS))
            .exec_without_returning(tx)
            .await?;
    }
    Ok(Position(last))
}

/// At most `limit` entries after a position, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn read(
    connection: &impl ConnectionTrait,
    after: Position,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Position.gt(after.0))
        .order_by_asc(Column::Position)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The position of the newest entry.
///
/// # Errors
/// If the database does not answer.
pub async fn position(connection: &impl ConnectionTrait) -> Result<Position, DbErr> {
    let head = change_log_head::Entity::find_by_id(change_log_head::ONLY_ID)
        .one(connection)
        .await?;
    Ok(Position(head.map_or(0, |head| head.position)))
}

/// When the newest entry happened; `None` before the first.
///
/// # Errors
/// If the database does not answer.
pub async fn last_change(
    connection: &impl ConnectionTrait,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let head = change_log_head::Entity::find_by_id(change_log_head::ONLY_ID)
        .one(connection)
        .await?;
    Ok(head.and_then(|head| head.happened_at))
}

/// The position before the first entry from `time` or later.
///
/// # Errors
/// If the database does not answer.
pub async fn position_at(
    connection: &impl ConnectionTrait,
    time: DateTime<Utc>,
) -> Result<Position, DbErr> {
    let first: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Position)
        .filter(Column::HappenedAt.gte(time))
        .order_by_asc(Column::Position)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    match first {
        Some(first) => Ok(Position(first).before()),
        None => position(connection).await,
    }
}

/// Move the head by `count` entries. The row stays locked until the end of the
/// transaction, and PostgreSQL wakes those who listen at its commit. The answer
/// is the new position, and the time of the new entries: `now`, unless the clock
/// went back by less than thirty days. By more, it was wrong before, and would
/// keep entries from being compacted.
async fn extend(
    tx: &DatabaseTransaction,
    count: i64,
    now: DateTime<Utc>,
) -> Result<(i64, DateTime<Utc>), DbErr> {
    let backend = tx.get_database_backend();
    let update = "UPDATE change_log_head
         SET position = position + $1,
             happened_at = CASE WHEN happened_at > $2 AND happened_at < $3
                                THEN happened_at ELSE $2 END
         WHERE id = 1
         RETURNING position, happened_at";
    let sql = match backend {
        DbBackend::Postgres => format!(
            "WITH head AS ({update})
             SELECT position, happened_at, pg_notify('{CHANNEL}', position::text) FROM head"
        ),
        _ => update.to_owned(),
    };
    let statement = Statement::from_sql_and_values(
        backend,
        sql,
        [count.into(), now.into(), (now + Duration::days(30)).into()],
    );
    let head = tx.query_one_raw(statement).await?;
    let head =
        head.ok_or_else(|| DbErr::RecordNotFound("the head of the change log".to_owned()))?;
    Ok((
        head.try_get("", "position")?,
        head.try_get("", "happened_at")?,
    ))
}

fn row(position: i64, happened_at: DateTime<Utc>, entry: NewEntry) -> ActiveModel {
    let NewEntry {
        thing,
        id,
        locale,
        change,
        slug,
        key,
        issue_id,
        topic_id,
    } = entry;
    ActiveModel {
        position: Set(position),
        thing: Set(thing),
        thing_id: Set(id),
        locale: Set(locale),
        change: Set(change),
        happened_at: Set(happened_at),
        slug: Set(slug),
        key: Set(key),
        issue_id: Set(issue_id),
        topic_id: Set(topic_id),
    }
}

fn entry(row: Model) -> Entry {
    let Model {
        position,
        thing,
        thing_id,
        locale,
        change,
        happened_at,
        slug,
        key,
        issue_id,
        topic_id,
    } = row;
    Entry {
        position: Position(position),
        happened_at,
        told: NewEntry {
            thing,
            id: thing_id,
            locale,
            change,
            slug,
            key,
            issue_id,
            topic_id,
        },
    }
}
