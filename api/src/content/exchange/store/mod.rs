//! All SQL of the exchange.

pub(super) mod articles;
pub(super) mod issues;
pub(super) mod names;
pub(super) mod publication;
pub(super) mod translations;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbErr, IsolationLevel, TransactionTrait,
};

use crate::database::{Database, Engine};

/// Rows in one statement, at most: SQLite takes 32,766 values.
pub(super) const ROWS: usize = 500;

/// Begin to read one snapshot.
pub(super) async fn begin_export(database: &Database) -> Result<DatabaseTransaction, DbErr> {
    match database.engine() {
        // A read transaction of SQLite is one snapshot as it is.
        Engine::Sqlite => database.reader().begin().await,
        Engine::Postgres => {
            let isolation = Some(IsolationLevel::RepeatableRead);
            let access = Some(AccessMode::ReadOnly);
            let tx = database
                .reader()
                .begin_with_config(isolation, access)
                .await?;
            tx.execute_unprepared("SET LOCAL statement_timeout = 0")
                .await?;
            Ok(tx)
        }
    }
}
