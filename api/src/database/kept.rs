//! Connections that are kept in hand from one statement to the next.
//!
//! A connection that goes back to sqlx's pool is asked first whether it still
//! lives: one more journey to the server for each statement, about half of what
//! a small one costs. What has just answered needs no such question.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sea_orm::sea_query::Values;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, Executor, IntoArguments, Pool, Postgres, SqlStr, Sqlite};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbErr, QueryResult, RuntimeErr};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::{Engine, Options};

/// How long a connection is kept before it goes back to the pool, which looks
/// after its age and health.
const KEPT: Duration = Duration::from_secs(60);

/// Those of either engine.
#[derive(Debug)]
pub(super) enum KeptReaders {
    Sqlite(Kept<Sqlite>),
    Postgres(Kept<Postgres>),
}

/// Connections that read, at most as many at a time as there are permits.
#[derive(Debug)]
pub(super) struct Kept<DB: sqlx::Database> {
    pool: Pool<DB>,
    permits: Semaphore,
    timeout: Duration,
    idle: Mutex<Vec<Connection<DB>>>,
}

#[derive(Debug)]
struct Connection<DB: sqlx::Database> {
    connection: PoolConnection<DB>,
    /// When it came from the pool.
    since: Instant,
}

impl KeptReaders {
    /// Connections of `readers`, as many as `options` has.
    pub(super) fn of(engine: Engine, readers: &DatabaseConnection, options: &Options) -> Self {
        let (most, timeout) = (options.at_least_one_reader(), options.busy_timeout);
        match engine {
            Engine::Sqlite => {
                let pool = readers.get_sqlite_connection_pool().clone();
                Self::Sqlite(Kept::new(pool, most, timeout))
            }
            Engine::Postgres => {
                let pool = readers.get_postgres_connection_pool().clone();
                Self::Postgres(Kept::new(pool, most, timeout))
            }
        }
    }

    /// The rows that `sql` answers with `values`.
    pub(super) async fn rows(
        &self,
        sql: SqlStr,
        values: Values,
    ) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(kept) => kept.rows(sql, values).await,
            Self::Postgres(kept) => kept.rows(sql, values).await,
        }
    }

    /// Close the pool, once what runs has ended.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(kept) => kept.close().await,
            Self::Postgres(kept) => kept.close().await,
        }
    }
}

impl<DB: sqlx::Database> Kept<DB> {
    /// At most `most` connections of `pool`, which has more for others. One
    /// waits for a free one no longer than `timeout`.
    fn new(pool: Pool<DB>, most: u32, timeout: Duration) -> Self {
        Self {
            pool,
            permits: Semaphore::new(most as usize),
            timeout,
            idle: Mutex::default(),
        }
    }

    /// The rows that `sql` answers with `values`.
    ///
    /// One that is given up half-way, or fails, goes back to the pool, which
    /// finds out what is left of it.
    async fn rows(&self, sql: SqlStr, values: Values) -> Result<Vec<QueryResult>, DbErr>
    where
        for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
        SqlxValues: IntoArguments<DB>,
        QueryResult: From<DB::Row>,
    {
        let _permit = self.permit().await?;
        let mut kept = self.take().await?;
        let query = sqlx::query_with(sql, SqlxValues(values));
        match query.fetch_all(&mut *kept.connection).await {
            Ok(rows) => {
                self.put_back(kept);
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
            Err(error) => {
                if error.as_database_error().is_none() {
                    // What ended this one has ended the others as well.
                    self.release();
                }
                Err(DbErr::Query(RuntimeErr::SqlxError(error.into())))
            }
        }
    }

    /// Let go of all that are not in use.
    fn release(&self) {
        let idle = std::mem::take(&mut *self.idle());
        drop(idle);
    }

    async fn close(&self) {
        // From here on nothing is kept.
        let closed = self.pool.close();
        self.release();
        closed.await;
    }

    async fn permit(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        if let Ok(permit) = self.permits.try_acquire() {
            return Ok(permit);
        }
        match tokio::time::timeout(self.timeout, self.permits.acquire()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    async fn take(&self) -> Result<Connection<DB>, DbErr> {
        let idle = self.idle().pop();
        if let Some(kept) = idle.filter(Connection::may_be_kept) {
            return Ok(kept);
        }
        let connection = self.pool.acquire().await.map_err(not_acquired)?;
        Ok(Connection {
            connection,
            since: Instant::now(),
        })
    }

    fn put_back(&self, kept: Connection<DB>) {
        let mut idle = self.idle();
        if kept.may_be_kept() && !self.pool.is_closed() {
            idle.push(kept);
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection<DB>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<DB: sqlx::Database> Drop for Kept<DB> {
    /// There may be no runtime left to give connections back in.
    fn drop(&mut self) {
        for kept in std::mem::take(&mut *self.idle()) {
            drop(kept.connection.detach());
        }
    }
}

impl<DB: sqlx::Database> Connection<DB> {
    fn may_be_kept(&self) -> bool {
        self.since.elapsed() < KEPT
    }
}

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}
