//! All SQL of the audit log.

use chrono::{DateTime, Utc};
use masthead_entities::audit_log;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, Set};

use super::{Actor, Deed};

/// Rows in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Add `deeds` to the log.
///
/// # Errors
/// If the database does not take them.
pub async fn append(
    tx: &DatabaseTransaction,
    actor: &Actor,
    now: DateTime<Utc>,
    deeds: Vec<Deed>,
) -> Result<(), DbErr> {
    let rows = deeds.into_iter().map(|deed| audit_log::ActiveModel {
        happened_at: Set(now),
        actor: Set(actor.name.clone()),
        api_key_id: Set(actor.key_id),
        operation: Set(deed.operation.to_owned()),
        thing: Set(deed.thing.map(|(thing, _)| thing.to_owned())),
        thing_id: Set(deed.thing.map(|(_, id)| id)),
        name: Set(deed.name),
        locale: Set(deed.locale),
        from_version: Set(deed.from_version),
        to_version: Set(deed.to_version),
        note: Set(deed.note),
        ..Default::default()
    });
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        audit_log::Entity::insert_many(rows.by_ref().take(ROWS))
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
