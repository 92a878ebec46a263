//! What the server answers, by status, header and body.

mod abuse;
mod bad_input;
mod coding;
mod connections;
mod cors;
mod cost;
mod faults;
mod first_tabs;
mod graphql_over_http;
mod health;
mod pages;
mod persisted;
mod query_method;
mod quota;
mod rate_limit;
mod request_id;
mod trusted;
mod wire;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use masthead::app::App;
use masthead::database::{Database, Options};
use masthead::http::Site;
use masthead::{http, schema};
use masthead_migration::{Migrator, MigratorTrait};
use sea_orm::{DatabaseTransaction, TransactionTrait};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// A site on an empty database.
pub(crate) struct Server {
    app: App,
    site: Site,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Server {
    pub(crate) async fn new() -> Self {
        Self::with(|_, _| ()).await
    }

    /// All connections that the database has for readers: until they are
    /// given back, nobody reads.
    pub(crate) async fn all_connections(&self) -> Vec<DatabaseTransaction> {
        let mut held = Vec::new();
        while let Ok(connection) = self.app.database.reader().begin().await {
            held.push(connection);
        }
        held
    }

    /// A server that `change` has set up in another way.
    pub(crate) async fn with(change: impl FnOnce(&mut Options, &mut App)) -> Self {
        let server = Self::unmigrated(change).await;
        Migrator::up(server.app.database.writer(), None)
            .await
            .unwrap();
        server
    }

    /// A server whose database is of no use.
    pub(crate) async fn without_tables() -> Self {
        Self::unmigrated(|_, _| ()).await
    }

    async fn unmigrated(change: impl FnOnce(&mut Options, &mut App)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("masthead.db");
        let mut options = Options::new(format!("sqlite://{}?mode=rwc", file.display()));
        let mut app = App::new(Database::connect(&options).await.unwrap());
        change(&mut options, &mut app);
        app.database.close().await;
        app.database = Database::connect(&options).await.unwrap();
        Self {
            site: http::site(app.clone(), schema::build()),
            app,
            _folder: folder,
        }
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answered {
        let response = self.site.clone().oneshot(request).await.unwrap();
        Answered {
            status: response.status(),
            headers: response.headers().clone(),
            body: to_bytes(response.into_body(), usize::MAX)
                .await
                .unwrap()
                .to_vec(),
        }
    }

    /// Ask with these headers and this body.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answered {
        self.send(Method::GET, path, headers, Body::empty()).await
    }

    /// Post a body as JSON.
    pub(crate) async fn post(&self, body: impl Into<Body>) -> Answered {
        let headers = [("content-type", "application/json")];
        self.send(Method::POST, "/graphql", &headers, body).await
    }
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of the first error; empty if there is none.
    pub(crate) fn code(&self) -> String {
        let code = &self.json()["errors"][0]["extensions"]["code"];
        code.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn message(&self) -> String {
        let message = &self.json()["errors"][0]["message"];
        message.as_str().unwrap_or_default().to_owned()
    }
}
