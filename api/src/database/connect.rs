//! How connections are opened and set up.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, DatabaseConnection};

use super::{ConnectError, Options};

/// Connections beside those of [`Options::readers`], which are kept: for
/// transactions, and for statements that are not a reader's.
const OTHERS: u32 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    ReadOnly,
    ReadWrite,
}

pub(super) async fn open(
    options: ConnectOptions,
    statements: &Arc<AtomicU64>,
) -> Result<DatabaseConnection, ConnectError> {
    let mut connection = sea_orm::Database::connect(options)
        .await
        .map_err(ConnectError::Connect)?;
    let statements = Arc::clone(statements);
    connection.set_metric_callback(move |_| {
        statements.fetch_add(1, Ordering::Relaxed);
    });
    Ok(connection)
}

pub(super) fn sqlite(options: &Options, access: Access) -> ConnectOptions {
    let mut connect = shared(options);
    let busy_timeout = options.busy_timeout;
    let connections = if access == Access::ReadOnly {
        options.at_least_one_reader() + OTHERS
    } else {
        1
    };
    connect
        .max_connections(connections)
        // A connection to a file does not go away by itself.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .foreign_keys(true)
                .busy_timeout(busy_timeout)
                // 8 MB a connection; mapping the file brings nothing beside it.
                .pragma("cache_size", "-8000")
                .pragma("temp_store", "memory");
            match access {
                Access::ReadOnly => sqlite.read_only(true),
                Access::ReadWrite => sqlite
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Normal),
            }
        });
    connect
}

pub(super) fn postgres(options: &Options) -> ConnectOptions {
    let mut connect = shared(options);
    connect
        .max_connections(options.at_least_one_reader() + OTHERS)
        .set_application_name("masthead")
        .statement_timeout(options.statement_timeout)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .map_sqlx_postgres_opts(|postgres| {
            postgres.options([
                // Planning again for each list of ids costs more than it
                // saves here: every statement asks one kind of question.
                ("plan_cache_mode", "force_generic_plan"),
                ("TimeZone", "UTC"),
            ])
        });
    connect
}

fn shared(options: &Options) -> ConnectOptions {
    let mut connect = ConnectOptions::new(&options.url);
    connect
        .acquire_timeout(options.busy_timeout)
        .sqlx_logging(false);
    connect
}
