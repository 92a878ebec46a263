//! An app on a database of its own, with a clock that stands still.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_graphql::{Request, Variables};
use futures_util::FutureExt;
use masthead::app::App;
use masthead::clock::Clock;
use masthead::content::exchange::{self, ImportError, ImportOptions, ImportReport};
use masthead::database::{Database, Engine, Options};
use masthead::graphql::context::Asker;
use masthead::http;
use masthead::schema::{self, Schema};
use masthead_migration::{Migrator, MigratorTrait};
use serde_json::Value;
use tempfile::TempDir;

use crate::answer::Answer;
use crate::client::Client;
use crate::cluster;
use crate::seed::Content;

/// The time that every test begins at.
pub const NOW: &str = "2021-03-10T12:00:00Z";

/// A whole Masthead on a throw-away database.
pub struct TestApp {
    app: App,
    /// Built anew after each import and twice a second: it remembers the
    /// publication's settings for a second.
    schema: Mutex<(Instant, Schema)>,
    url: String,
    /// The folder of an SQLite database.
    _folder: Option<TempDir>,
    /// All that was seeded, so that later content can stand on it.
    content: Mutex<Content>,
}

impl TestApp {
    /// Run a test on each engine, each time on an empty database.
    ///
    /// Inline snapshots may be asserted in it: they are the same on both. A
    /// test that fails says on which engine.
    pub async fn on_each_engine(test: impl AsyncFn(&Self)) {
        Self::on_each_engine_with(|_| (), test).await;
    }

    /// The same, and no rows are kept in memory: the statements of an answer are
    /// all that it takes.
    pub async fn on_each_engine_without_memory(test: impl AsyncFn(&Self)) {
        let forget = |app: &mut App| app.database = app.database.clone().without_entities();
        Self::on_each_engine_with(forget, test).await;
    }

    /// The same with other limits, or whatever else `change` sets.
    pub async fn on_each_engine_with(change: impl Fn(&mut App), test: impl AsyncFn(&Self)) {
        for engine in cluster::engines() {
            let mut app = Self::on(engine).await;
            change(&mut app.app);
            app.schema = Mutex::new(new_schema());
            let test = AssertUnwindSafe(with_repeated_snapshots(test(&app)));
            let outcome = test.catch_unwind().await;
            app.end().await;
            if let Err(panic) = outcome {
                say_where_it_failed(engine);
                resume_unwind(panic);
            }
        }
    }

    /// An app on one engine. It is to [`end`](Self::end).
    pub async fn on(engine: Engine) -> Self {
        let (url, folder) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                let file = folder.path().join("masthead.db");
                let url = format!("sqlite://{}?mode=rwc", file.display());
                (url, Some(folder))
            }
            Engine::Postgres => {
                let server = cluster::server().expect("this run covers PostgreSQL");
                (server.create_database().await, None)
            }
        };
        let mut options = Options::new(&url);
        // A machine of many cores runs many tests, each with a pool.
        options.readers = options.readers.min(4);
        let database = Database::connect(&options).await;
        let database = database.expect("the database opens");
        // Nothing to do on PostgreSQL: the template has been migrated.
        if engine == Engine::Sqlite {
            Migrator::up(database.writer(), None)
                .await
                .expect("the migrations run");
        }
        let mut app = App::new(database);
        app.clock = Arc::new(Clock::at(NOW.parse().expect("it is a time")));
        Self {
            schema: Mutex::new(new_schema()),
            app,
            url,
            _folder: folder,
            content: Mutex::default(),
        }
    }

    /// Close the database and remove it.
    pub async fn end(self) {
        let engine = self.engine();
        self.app.database.close().await;
        if engine == Engine::Postgres
            && let Some(server) = cluster::server()
        {
            server.drop_database(&self.url).await;
        }
    }

    /// The app.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The schema.
    ///
    /// # Panics
    /// Never: no test panics while it holds the lock.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let (_, schema) = &*self.schema.lock().expect("no test panicked in here");
        schema.clone()
    }

    /// A client of this app over HTTP.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::of(http::site(self.app.clone(), self.schema()))
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.app.database
    }

    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.app.database.engine()
    }

    /// What `DATABASE_URL` would be for this database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The clock. It stands at [`NOW`] until it is moved.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// Import content, beside what was seeded before. What it refers to and
    /// does not hold is made up.
    ///
    /// # Panics
    /// If the import refuses it.
    pub async fn seed(&self, content: impl Into<Content>) {
        let records = {
            let mut all = self.content.lock().expect("no test panicked in here");
            all.add(content);
            all.to_string()
        };
        self.import(&records)
            .await
            .expect("the seeded content is right");
    }

    /// Import records of the content format.
    ///
    /// # Errors
    /// If the import refuses them.
    pub async fn import(&self, records: &str) -> Result<ImportReport, ImportError> {
        let input = std::io::Cursor::new(records.to_owned().into_bytes());
        let options = ImportOptions::default();
        let report = exchange::import(self.database(), self.clock(), input, options).await?;
        self.forget_settings();
        Ok(report)
    }

    /// Read the publication's settings again, which are remembered for a
    /// second.
    ///
    /// # Panics
    /// Never: no test panics while it holds the lock.
    pub fn forget_settings(&self) {
        *self.schema.lock().expect("no test panicked in here") = new_schema();
    }

    /// Ask a query.
    pub async fn query(&self, text: &str) -> Answer {
        self.ask(Request::new(text), Asker::default()).await
    }

    /// Ask a query with variables.
    pub async fn query_with(&self, text: &str, variables: Value) -> Answer {
        let request = Request::new(text).variables(Variables::from_json(variables));
        self.ask(request, Asker::default()).await
    }

    /// Ask a query as a reader whose `Accept-Language` is given.
    pub async fn query_in(&self, accept_language: &str, text: &str) -> Answer {
        let asker = Asker {
            accept_language: Some(accept_language.to_owned()),
            ..Asker::default()
        };
        self.ask(Request::new(text), asker).await
    }

    /// Answer a request, and count its statements. What is cached until the
    /// content changes is warm before.
    pub async fn ask(&self, request: Request, asker: Asker) -> Answer {
        let schema = {
            let mut schema = self.schema.lock().expect("no test panicked in here");
            // So that no answer's statements are those of reading them again.
            if schema.0.elapsed() > Duration::from_millis(500) {
                *schema = new_schema();
            }
            schema.1.clone()
        };
        let warm = Request::new("{ publication { timeZone } }");
        schema::execute(&self.app, &schema, warm, Asker::default()).await;

        let before = self.database().statements();
        let response = schema::execute(&self.app, &schema, request, asker).await;
        Answer::of(&response, self.database().statements() - before)
    }
}

fn new_schema() -> (Instant, Schema) {
    (Instant::now(), schema::build())
}

#[expect(clippy::print_stderr, reason = "shown with the failure, and only then")]
fn say_where_it_failed(engine: Engine) {
    eprintln!("this failed on {}", cluster::name(engine));
}

/// Let one inline snapshot be asserted more than once.
async fn with_repeated_snapshots<F: Future>(test: F) -> F::Output {
    let mut test = pin!(test);
    poll_fn(|context| insta::allow_duplicates! { test.as_mut().poll(context) }).await
}
