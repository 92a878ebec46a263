//! The database: SQLite in the process, or PostgreSQL by a URL.

mod cells;
mod connect;
mod kept;
mod transaction;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sea_query::extension::postgres::PgFunc;
use sea_orm::sea_query::{
    Expr, ExprTrait, Func, FunctionCall, IntoColumnRef, Query, SelectStatement, Values,
};
use sea_orm::sea_query::{PostgresQueryBuilder, SqliteQueryBuilder};
use sea_orm::sqlx::{AssertSqlSafe, SqlSafeStr};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbBackend, DbErr, QueryResult};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::cache::entities::Entities;
use crate::change_log::Head;
use connect::{Access, open, postgres, sqlite};
use kept::KeptReaders;

pub use cells::Cells;

/// Where content is kept, and how to reach it.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://FILE?mode=rwc` or `postgres://…`.
    pub url: String,
    /// Connections that answer readers at the same time. A few more are opened
    /// for whatever writes and looks after the content, when they are needed.
    pub readers: u32,
    /// How long a statement of a reader may take. PostgreSQL only.
    pub statement_timeout: Duration,
    /// How long to wait for a lock or a free connection.
    pub busy_timeout: Duration,
    /// How many bytes of rows that many answers hold are kept in memory.
    pub entity_bytes: usize,
}

impl Options {
    /// The defaults for `url`: two readers a core.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, |cores| cores.get() as u32);
        Self {
            url: url.into(),
            readers: 2 * cores,
            statement_timeout: Duration::from_secs(10),
            busy_timeout: Duration::from_secs(5),
            entity_bytes: 16 << 20,
        }
    }

    fn at_least_one_reader(&self) -> u32 {
        Ord::max(self.readers, 1)
    }
}

/// Which engine a URL means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Why there is no database to work with.
#[derive(thiserror::Error, Debug)]
pub enum ConnectError {
    #[error("a database URL begins with sqlite:// or postgres://")]
    UnknownEngine,
    #[error("an SQLite database in memory can't be shared by readers and writers; name a file")]
    InMemory,
    #[error("the database does not open")]
    Connect(#[source] DbErr),
}

/// Connections to one database: a few that read, and those that write. SQLite
/// has a single writer; PostgreSQL uses one pool for both.
#[derive(Clone, Debug)]
pub struct Database {
    engine: Engine,
    readers: DatabaseConnection,
    /// Those of `readers` that answer [`Database::rows`].
    kept: Arc<KeptReaders>,
    writers: DatabaseConnection,
    statements: Arc<AtomicU64>,
    /// Whose turn it is to write, in this process.
    turns: Arc<Semaphore>,
    busy_timeout: Duration,
    head: Head,
    writes: Writes,
    /// `None`: nothing is taken from memory.
    entities: Option<Entities>,
    /// Whether it was there when it was last looked at.
    answers: Arc<AtomicBool>,
}

/// Tells at each write of content that this process committed, whether or not
/// readers see it. Cheap to clone: all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Writes(watch::Sender<()>);

/// Leave to write: nothing else in this process writes while it is held.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "held")] OwnedSemaphorePermit);

impl Database {
    /// Open the database.
    ///
    /// # Errors
    /// If the URL is of no known engine, or the database does not open.
    pub async fn connect(options: &Options) -> Result<Self, ConnectError> {
        let engine = Engine::of(&options.url)?;
        let statements = Arc::new(AtomicU64::new(0));
        let (readers, writers) = match engine {
            Engine::Sqlite => {
                // The writer first: it makes the file and sets the journal.
                let writers = open(sqlite(options, Access::ReadWrite), &statements).await?;
                let readers = open(sqlite(options, Access::ReadOnly), &statements).await?;
                (readers, writers)
            }
            Engine::Postgres => {
                let pool = open(postgres(options), &statements).await?;
                (pool.clone(), pool)
            }
        };
        let head = Head::default();
        Ok(Self {
            engine,
            entities: Some(Entities::new(head.clone(), options.entity_bytes)),
            kept: Arc::new(KeptReaders::of(engine, &readers, options)),
            readers,
            writers,
            statements,
            turns: Arc::new(Semaphore::new(1)),
            busy_timeout: options.busy_timeout,
            head,
            writes: Writes::default(),
            answers: Arc::new(AtomicBool::new(true)),
        })
    }

    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Connections to read with.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Connections to write with. On SQLite there is one.
    #[must_use]
    pub const fn writer(&self) -> &DatabaseConnection {
        &self.writers
    }

    /// The end of the change log, as far as this process knows.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Whether the database was there when it was last looked at, by whoever
    /// follows the change log: once a second. If it was not, a reader need not
    /// wait to be told so.
    #[must_use]
    pub fn answers(&self) -> bool {
        self.answers.load(Ordering::Relaxed)
    }

    /// It was looked at.
    pub(crate) fn note_whether_it_answers(&self, answers: bool) {
        self.answers.store(answers, Ordering::Relaxed);
    }

    /// Rows that are kept in memory, for whoever reads what readers see.
    #[must_use]
    pub const fn entities(&self) -> Option<&Entities> {
        self.entities.as_ref()
    }

    /// The same database, of which about this many bytes of rows are kept in
    /// memory.
    #[must_use]
    pub fn keeping(self, bytes: usize) -> Self {
        Self {
            entities: Some(Entities::new(self.head.clone(), bytes)),
            ..self
        }
    }

    /// The same database, of which nothing is taken from memory.
    #[must_use]
    pub fn without_entities(self) -> Self {
        Self {
            entities: None,
            ..self
        }
    }

    /// The writes of this process.
    #[must_use]
    pub const fn writes(&self) -> &Writes {
        &self.writes
    }

    /// Wait for leave to write, as long as for a free connection. Writers wait
    /// here, and not with a connection in their hands that readers could use.
    ///
    /// # Errors
    /// If those before do not end in time.
    pub async fn turn(&self) -> Result<Turn, DbErr> {
        let turns = Arc::clone(&self.turns).acquire_owned();
        match tokio::time::timeout(self.busy_timeout, turns).await {
            Ok(Ok(turn)) => Ok(Turn(turn)),
            Ok(Err(_)) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    /// How long to wait for a lock or a free connection.
    #[must_use]
    pub const fn busy_timeout(&self) -> Duration {
        self.busy_timeout
    }

    /// Run a select on a connection that reads.
    ///
    /// # Errors
    /// If the database does not answer, or not as it should.
    pub async fn rows(&self, select: &SelectStatement) -> Result<Vec<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let (sql, values) = match self.engine {
            Engine::Sqlite => select.build(SqliteQueryBuilder),
            Engine::Postgres => select.build(PostgresQueryBuilder),
        };
        self.kept
            .rows(AssertSqlSafe(sql).into_sql_str(), values)
            .await
    }

    /// Whether `column` is one of `keys`: one statement text for lists of any
    /// length, so that it is prepared once.
    #[must_use]
    pub fn is_any(&self, column: impl IntoColumnRef, keys: &[i64]) -> Expr {
        let column = Expr::col(column);
        match self.engine {
            Engine::Sqlite => column.in_subquery(values(&keys.into())),
            Engine::Postgres => column.eq(PgFunc::any(Expr::val(keys.to_vec()))),
        }
    }

    /// The same for keys that are text.
    #[must_use]
    pub fn is_any_text(&self, column: impl IntoColumnRef, keys: &[String]) -> Expr {
        let column = Expr::col(column);
        match self.engine {
            Engine::Sqlite => column.in_subquery(values(&keys.into())),
            Engine::Postgres => column.eq(PgFunc::any(Expr::val(keys.to_vec()))),
        }
    }

    /// Begin `select` with one row for each of `keys`, under the name `alias`.
    /// The answer is the column that holds the key.
    pub fn from_each(
        &self,
        select: &mut SelectStatement,
        keys: &[i64],
        alias: &'static str,
    ) -> Expr {
        match self.engine {
            Engine::Sqlite => {
                select.from_function(json_each(&keys.into()), alias);
                Expr::col((alias, "value"))
            }
            Engine::Postgres => {
                let keys = Func::cust("unnest").arg(Expr::val(keys.to_vec()));
                select.from_function(keys, alias);
                // A function of one column gives it the name of its alias.
                Expr::col((alias, alias))
            }
        }
    }

    /// The year of a column of days.
    #[must_use]
    pub fn year(&self, day: impl IntoColumnRef) -> Expr {
        self.part_of_day(day, "'year'", ["1", "4"])
    }

    /// The month of a column of days, from 1.
    #[must_use]
    pub fn month(&self, day: impl IntoColumnRef) -> Expr {
        self.part_of_day(day, "'month'", ["6", "2"])
    }

    /// A column of times as whole seconds since 1970, rounded down.
    #[must_use]
    pub fn seconds(&self, time: impl IntoColumnRef) -> Expr {
        let time = Expr::col(time);
        let seconds = match self.engine {
            Engine::Sqlite => {
                // Fractions are cut before SQLite rounds them.
                let whole = Func::cust("substr").args([time, Expr::cust("1"), Expr::cust("19")]);
                Func::cust("strftime").args([Expr::cust("'%s'"), whole.into()])
            }
            Engine::Postgres => {
                let epoch = Func::cust("date_part").args([Expr::cust("'epoch'"), time]);
                Func::cust("floor").arg(epoch)
            }
        };
        Expr::from(seconds).cast_as("bigint")
    }

    /// A part of a day, by its name, or by where it stands in the text. No
    /// parameter tells which: one can't be grouped by.
    fn part_of_day(
        &self,
        day: impl IntoColumnRef,
        name: &'static str,
        place: [&'static str; 2],
    ) -> Expr {
        let day = Expr::col(day);
        let part = match self.engine {
            Engine::Sqlite => {
                let [start, length] = place.map(Expr::cust);
                Func::cust("substr").args([day, start, length])
            }
            Engine::Postgres => Func::cust("date_part").args([Expr::cust(name), day]),
        };
        Expr::from(part).cast_as("integer")
    }

    /// How many statements have been run since the start.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Ask the database for nothing, to see whether it answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        let nothing = self
            .kept
            .rows("SELECT 1".into_sql_str(), Values(Vec::new()));
        nothing.await.map(|_| ())
    }

    /// Close all connections, once what runs has ended.
    pub async fn close(self) {
        self.kept.close().await;
        // A connection that does not close cleanly is gone all the same.
        drop(self.readers.close().await);
        drop(self.writers.close().await);
    }
}

impl Writes {
    /// Something was written: those who wait for that go on.
    pub fn tell(&self) {
        self.0.send_replace(());
    }

    /// To wait for writes from now on.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

impl Engine {
    /// The engine that `url` means.
    ///
    /// # Errors
    /// If it is none of ours.
    pub fn of(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres)
        } else if url.starts_with("sqlite:") {
            if url.contains(":memory:") || url.contains("mode=memory") {
                return Err(ConnectError::InMemory);
            }
            Ok(Self::Sqlite)
        } else {
            Err(ConnectError::UnknownEngine)
        }
    }

    /// The dialect that SeaORM builds for it.
    #[must_use]
    pub const fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }
}

/// The values of a list.
fn values(list: &serde_json::Value) -> SelectStatement {
    Query::select()
        .column("value")
        .from_function(json_each(list), "keys")
        .to_owned()
}

fn json_each(list: &serde_json::Value) -> FunctionCall {
    Func::cust("json_each").arg(Expr::val(list.to_string()))
}
