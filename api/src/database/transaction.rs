//! Transactions, and how they are begun.

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::{Database, Engine};

/// The advisory lock of [`Database::begin_maintenance`]; a number that nothing
/// else uses.
const MAINTENANCE: i64 = 0x6d61_7374_6865_6164;

impl Database {
    /// A transaction that writes. On SQLite it is the only one, from the start.
    ///
    /// # Errors
    /// If the database does not answer, or SQLite's lock is not free in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        begin(&self.writers, immediate).await
    }

    /// A transaction that reads one snapshot.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn begin_snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.engine {
            // A read transaction of SQLite is one snapshot as it is.
            Engine::Sqlite => TransactionOptions::default(),
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        begin(&self.readers, options).await
    }

    /// A transaction of upkeep: migrations, compaction. It waits until no other
    /// of its kind is open, in any process. On PostgreSQL content may be written
    /// meanwhile.
    ///
    /// # Errors
    /// If the database does not answer, or SQLite's lock is not free in time.
    pub async fn begin_maintenance(&self) -> Result<DatabaseTransaction, DbErr> {
        let tx = self.begin().await?;
        if self.engine == Engine::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({MAINTENANCE})");
            tx.execute_unprepared(&lock).await?;
        }
        Ok(tx)
    }
}

/// Begin in a task of its own, which ends even if who wants the transaction has
/// gone by then: a request whose client hangs up is dropped at any moment. Where
/// that is while `BEGIN` is under way, sqlx takes PostgreSQL's connection back
/// without knowing of the transaction that is open on it, and what the next one
/// writes there is never committed.
async fn begin(
    connections: &DatabaseConnection,
    options: TransactionOptions,
) -> Result<DatabaseTransaction, DbErr> {
    let connections = connections.clone();
    let begun = tokio::spawn(async move { connections.begin_with_options(options).await });
    let gone = |fault: tokio::task::JoinError| DbErr::Conn(RuntimeErr::Internal(fault.to_string()));
    begun.await.map_err(gone)?
}
