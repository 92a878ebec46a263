//! A PostgreSQL server for the whole test run, and a database on it for each
//! test.
//!
//! `TEST_DATABASE_URL` names a server to use. Without it a cluster of our own
//! is started where PostgreSQL is installed, and ends with the test process.
//! Where there is neither, the tests cover SQLite alone and say so, which
//! `MASTHEAD_TEST_REQUIRE_POSTGRES=1` makes a failure.

use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use masthead::database::Engine;
use masthead_migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    Statement, TransactionTrait,
};
use tokio::runtime::{Builder, Runtime};

/// Use the server behind this URL, whatever the environment names. To be
/// called before anything else of this module.
pub fn use_server(url: String) {
    // A second one comes too late.
    drop(NAMED.set(url));
}

static NAMED: OnceLock<String> = OnceLock::new();

/// The engines that this run covers.
#[must_use]
pub fn engines() -> Vec<Engine> {
    let postgres = server().map(|_| Engine::Postgres);
    [Engine::Sqlite].into_iter().chain(postgres).collect()
}

/// What people call an engine.
#[must_use]
pub const fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

/// Whether this run has to cover PostgreSQL.
#[must_use]
pub fn requires_postgres() -> bool {
    let required = std::env::var_os("MASTHEAD_TEST_REQUIRE_POSTGRES");
    required.is_some_and(|value| !value.is_empty() && value != "0")
}

/// Remove all databases of this run; no more can be made. Tests don't know
/// which of them is the last, and leave that to the end of the cluster or to
/// the next run.
pub async fn end() {
    if let Some(Ok(Some(server))) = SERVER.get() {
        let count = server.count.load(Ordering::Relaxed);
        let made = (0..count).map(|number| format!("{}_{number}", server.run));
        for name in made.chain([server.run.clone()]) {
            let dropped = server.execute(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            drop(dropped.await);
        }
    }
}

static SERVER: OnceLock<Result<Option<Server>, String>> = OnceLock::new();

/// The server of this run, started when it is first asked for. `None` when
/// PostgreSQL is left out.
pub(crate) fn server() -> Option<&'static Server> {
    let server = SERVER.get_or_init(|| {
        // A thread of its own: the tests' runtimes can't start one within.
        let server = thread::spawn(start).join().expect("it does not panic");
        match &server {
            Ok(Some(_)) => say("this run covers SQLite and PostgreSQL"),
            Ok(None) => say("this run covers SQLite alone: PostgreSQL is not installed. \
                To cover both, install PostgreSQL 15 or newer, or name a server by TEST_DATABASE_URL"),
            Err(_) => (),
        }
        server
    });
    match server {
        Ok(server) => server.as_ref(),
        Err(reason) => panic!("{reason}"),
    }
}

/// Past the capture of the tests' output: whoever runs them is to know.
fn say(text: &str) {
    let mut stderr = std::io::stderr();
    writeln!(stderr, "\n{text}\n").expect("standard error is open");
}

/// A server, and the databases of this run on it.
pub(crate) struct Server {
    url: String,
    admin: DatabaseConnection,
    /// Outlives the runtimes of the tests, as the connections above must.
    runtime: Runtime,
    /// Tells the databases of this run from those of others.
    run: String,
    count: AtomicU64,
    /// While it is open, no other run takes these databases for left over.
    _claim: DatabaseTransaction,
    /// Ours ends when this does, with the process.
    _own: Option<Child>,
}

impl Server {
    /// Make a migrated, empty database; gives its URL.
    pub(crate) async fn create_database(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{count}", self.run);
        self.execute(format!("CREATE DATABASE {name} TEMPLATE {}", self.run))
            .await
            .expect("PostgreSQL makes a database");
        with_database(&self.url, &name)
    }

    /// Remove a database that [`Self::create_database`] made.
    pub(crate) async fn drop_database(&self, url: &str) {
        let name = database_of(url);
        let dropped = self.execute(format!("DROP DATABASE {name} WITH (FORCE)"));
        // The whole cluster goes at the end; on a server of others, the next
        // run removes what is left.
        drop(dropped.await);
    }

    async fn execute(&self, sql: String) -> Result<(), DbErr> {
        let admin = self.admin.clone();
        let run = self.runtime.spawn(async move {
            admin.execute_unprepared(&sql).await?;
            Ok(())
        });
        run.await.expect("the administrator's task goes on")
    }
}

/// The server to use, if there is one.
///
/// # Errors
/// If there should be one: it is named, or installed, or required.
fn start() -> Result<Option<Server>, String> {
    let named = std::env::var_os("TEST_DATABASE_URL");
    let named = named.map(|url| url.into_string().unwrap_or_default());
    if let Some(url) = NAMED.get().cloned().or(named) {
        return connect(url, None)
            .map(Some)
            .map_err(|error| format!("the PostgreSQL server that is named is of no use: {error}"));
    }
    if let Some(programs) = programs() {
        let (url, cluster) = start_cluster(&programs)
            .map_err(|error| format!("the installed PostgreSQL does not start: {error}"))?;
        return connect(url, Some(cluster))
            .map(Some)
            .map_err(|error| format!("the installed PostgreSQL is of no use: {error}"));
    }
    if requires_postgres() {
        return Err("PostgreSQL is required, and is not installed".to_owned());
    }
    Ok(None)
}

/// Where PostgreSQL's programs are: in `PATH`, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    debian.sort();
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        // `PATH` may hold links to some of the programs alone.
        .filter_map(|folder| folder.join("initdb").canonicalize().ok())
        .filter_map(|initdb| initdb.parent().map(Path::to_owned))
        .find(|folder| folder.join("pg_ctl").is_file())
}

/// Start a cluster that ends with this process; gives its URL.
fn start_cluster(programs: &Path) -> Result<(String, Child), String> {
    let mut script = Command::new("sh")
        .args(["-c", include_str!("cluster.sh"), "masthead-test-cluster"])
        .arg(programs)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Out of reach of an interrupt from the terminal: it ends by itself.
        .process_group(0)
        .spawn()
        .map_err(|error| format!("there is no shell: {error}"))?;

    let mut line = String::new();
    let stdout = script.stdout.take().expect("it is piped");
    let read = BufReader::new(stdout).read_line(&mut line);
    read.expect("what the script says is text");
    if let Some(folder) = line.trim().strip_prefix("ready ") {
        let url = format!("postgres:///postgres?host={folder}&port=5432&user=postgres");
        return Ok((url, script));
    }
    let mut reason = String::new();
    let stderr = script.stderr.take().expect("it is piped");
    let read = BufReader::new(stderr).read_to_string(&mut reason);
    read.expect("what the script says is text");
    Err(reason)
}

/// Connect to a server and prepare the template of all databases.
fn connect(url: String, own: Option<Child>) -> Result<Server, DbErr> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let number = RandomState::new().hash_one(std::process::id()) >> 32;
    let run = format!("{PREFIX}{number:08x}");
    let (admin, claim) = runtime.block_on(async {
        let mut options = ConnectOptions::new(&url);
        options
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false);
        let admin = Database::connect(options).await?;
        let claim = admin.begin().await?;
        claim
            .execute_unprepared(&format!("SELECT pg_advisory_lock({number})"))
            .await?;
        drop_left_over(&admin).await?;

        admin
            .execute_unprepared(&format!("CREATE DATABASE {run}"))
            .await?;
        let template = Database::connect(with_database(&url, &run)).await?;
        Migrator::up(&template, None).await?;
        template.close().await?;
        Ok::<_, DbErr>((admin, claim))
    })?;
    Ok(Server {
        url,
        admin,
        runtime,
        run,
        count: AtomicU64::new(0),
        _claim: claim,
        _own: own,
    })
}

const PREFIX: &str = "masthead_test_";

/// Remove the databases of runs that are over. Each run holds a lock by its
/// number for as long as it lives.
async fn drop_left_over(admin: &DatabaseConnection) -> Result<(), DbErr> {
    let sql = format!(
        "SELECT datname::text AS name, ('x' || lpad(substr(datname, {from}, 8), 16, '0'))::bit(64)::bigint AS run
         FROM pg_database WHERE datname ~ '^{PREFIX}[0-9a-f]{{8}}(_[0-9]+)?$'",
        from = PREFIX.len() + 1,
    );
    let backend = Engine::Postgres.backend();
    for row in admin
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let name: String = row.try_get("", "name")?;
        let run: i64 = row.try_get("", "run")?;
        let probe = admin.begin().await?;
        let free = format!("SELECT pg_try_advisory_xact_lock({run}) AS free");
        let free = probe
            .query_one_raw(Statement::from_string(backend, free))
            .await?;
        if free.is_some_and(|row| row.try_get("", "free").unwrap_or(false)) {
            // Another run may have been faster.
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            admin.execute_unprepared(&drop).await?;
        }
        probe.rollback().await?;
    }
    Ok(())
}

/// `url` with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = address.split_once("://").expect("it is a URL");
    let authority = rest.split('/').next().unwrap_or_default();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    format!("{scheme}://{authority}/{name}{query}")
}

fn database_of(url: &str) -> &str {
    let address = url.split('?').next().unwrap_or_default();
    address.rsplit('/').next().unwrap_or_default()
}
