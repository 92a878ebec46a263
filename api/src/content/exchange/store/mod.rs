//! All SQL of the exchange.

pub(super) mod articles;
pub(super) mod issues;
pub(super) mod names;
pub(super) mod publication;
pub(super) mod translations;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::database::{Database, Engine};

/// Rows in one statement, at most: SQLite takes 32,766 values.
pub(super) const ROWS: usize = 500;

/// Begin to read one snapshot.
pub(super) async fn begin_export(database: &Database) -> Result<DatabaseTransaction, DbErr> {
    let tx = database.begin_snapshot().await?;
    if database.engine() == Engine::Postgres {
        tx.execute_unprepared("SET LOCAL statement_timeout = 0")
            .await?;
    }
    Ok(tx)
}
