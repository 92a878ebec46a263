//! SQL that all writers share: the transaction of whoever writes alone, the
//! words of topics, authors and issues, versions, idempotency keys.

pub mod facts;
pub mod once;
pub mod words;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::database::{Database, Engine, Turn};

/// How long to wait for whoever else is writing, in another process on
/// PostgreSQL. On SQLite the setting for that says in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// As long as the setting for that says: what a request waits for.
    Short,
    /// Until it ends.
    Long,
}

/// A transaction that no other writer shares, in any process, while the turn is
/// held.
///
/// # Errors
/// If the database does not answer, or another writer does not end in time.
pub async fn begin_alone(
    database: &Database,
    patience: Patience,
) -> Result<(DatabaseTransaction, Turn), DbErr> {
    let turn = database.turn().await?;
    let tx = database.begin().await?;
    if database.engine() == Engine::Postgres {
        // The limit on statements is for readers; imports take longer.
        tx.execute_unprepared("SET LOCAL statement_timeout = 0")
            .await?;
        let patience = match patience {
            Patience::Short => database.busy_timeout().as_millis().max(1),
            Patience::Long => 0,
        };
        tx.execute_unprepared(&format!("SET LOCAL lock_timeout = {patience}"))
            .await?;
        tx.execute_unprepared("LOCK TABLE publications IN SHARE ROW EXCLUSIVE MODE")
            .await?;
    }
    Ok((tx, turn))
}
