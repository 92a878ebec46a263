//! Entries that newer ones of the same thing and locale supersede.

use chrono::{DateTime, Utc};
use masthead_entities::{change_log_entry, change_log_reader};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use crate::change_log::Position;
use crate::database::Database;

/// A stretch of the log, and which of its entries can go.
#[derive(Debug)]
pub(in crate::change_log) struct Window {
    /// The last of its entries that was looked at.
    pub(in crate::change_log) end: Position,
    /// Positions of those that are superseded.
    pub(in crate::change_log) superseded: Vec<i64>,
}

/// The next `limit` entries after a position that every saved reader is past;
/// of these, those can go that are from before `until`. `None`: there are none.
///
/// Who reads an entry can see what it supersedes: that stays until every saved
/// reader is past the newer one, too.
pub(in crate::change_log) async fn window(
    database: &Database,
    after: Position,
    until: DateTime<Utc>,
    limit: u64,
) -> Result<Option<Window>, DbErr> {
    let slowest = slowest(database).await?;
    let sql = "SELECT old.position, old.happened_at, EXISTS (
                   SELECT 1 FROM change_log AS newer
                   WHERE newer.thing = old.thing AND newer.thing_id = old.thing_id
                     AND newer.position > old.position AND newer.position <= $2
                     AND COALESCE(newer.locale, '') = COALESCE(old.locale, '')
               ) AS is_superseded
               FROM change_log AS old
               WHERE old.position > $1 AND old.position <= $2
               ORDER BY old.position LIMIT $3";
    let values = [
        after.get().into(),
        slowest.into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
    ];
    let statement = Statement::from_sql_and_values(database.engine().backend(), sql, values);
    let mut window: Option<Window> = None;
    for row in database.reader().query_all_raw(statement).await? {
        let happened_at: DateTime<Utc> = row.try_get("", "happened_at")?;
        let position: i64 = row.try_get("", "position")?;
        let window = window.get_or_insert_with(|| Window {
            end: after,
            superseded: Vec::new(),
        });
        window.end = Position(position);
        // An entry may be dated by a clock that was wrong: others are older.
        if happened_at < until && row.try_get("", "is_superseded")? {
            window.superseded.push(position);
        }
    }
    Ok(window)
}

/// Remove entries. The answer is how many were there still.
pub(in crate::change_log) async fn remove(
    tx: &DatabaseTransaction,
    positions: &[i64],
) -> Result<u64, DbErr> {
    change_log_entry::Entity::delete_many()
        .filter(change_log_entry::Column::Position.is_in(positions.iter().copied()))
        .exec(tx)
        .await
        .map(|removed| removed.rows_affected)
}

/// The position that every saved reader has come to.
async fn slowest(database: &Database) -> Result<i64, DbErr> {
    let slowest: Option<i64> = change_log_reader::Entity::find()
        .select_only()
        .column(change_log_reader::Column::Position)
        .order_by_asc(change_log_reader::Column::Position)
        .into_tuple()
        .one(database.reader())
        .await?;
    Ok(slowest.unwrap_or(i64::MAX))
}
