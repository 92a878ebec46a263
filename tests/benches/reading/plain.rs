//! The same facts by one hand-written statement for each question: the least
//! that a server does that asks the database and makes nothing of the answer.

mod postgres;
mod sqlite;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::Bytes;
use masthead::database::{Database, Engine, Options};
use sea_orm::{ConnectionTrait, Statement, Value as Bound};
use serde_json::Value;

use crate::fixed::serve_router;
use crate::options::ANSWER_PLAINLY;
use crate::process::{Place, Server};

/// Start a process that answers `/0`, `/1` … out of a database. Each takes the
/// values of its statement, as a list.
///
/// # Errors
/// If it does not start.
pub(crate) async fn start(place: &Place, url: &str) -> anyhow::Result<Server> {
    Server::own(place, &[ANSWER_PLAINLY, url]).await
}

/// Be that process. It has the same pool as Masthead.
///
/// # Errors
/// If the database does not open.
pub(crate) fn serve(url: &str) -> anyhow::Result<()> {
    serve_router(async || {
        let database = Database::connect(&Options::new(url)).await?;
        let statements = match database.engine() {
            Engine::Sqlite => sqlite::STATEMENTS,
            Engine::Postgres => postgres::STATEMENTS,
        };
        let mut router = Router::new();
        for (number, sql) in statements.into_iter().enumerate() {
            router = router.route(
                &format!("/{number}"),
                post(
                    async move |State(database): State<Arc<Database>>, asked: Bytes| {
                        answer(&database, sql, &asked).await
                    },
                ),
            );
        }
        Ok(router.with_state(Arc::new(database)))
    })
}

/// Whether the answer of a statement, the other one, holds the same facts as
/// Masthead's, whatever it spells otherwise.
pub(crate) fn agree(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| agree(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::String(one), Value::String(other)) => {
            let in_utc = |one| other.strip_suffix("+00:00") == Some(one);
            one == other || one.strip_suffix('Z').is_some_and(in_utc)
        }
        (one, other) => one == other,
    }
}

async fn answer(database: &Database, sql: &str, asked: &[u8]) -> Response {
    match text(database, sql, asked).await {
        Ok(text) => {
            let kind = [(CONTENT_TYPE, "application/json")];
            (kind, format!("{{\"data\":{text}}}")).into_response()
        }
        Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{fault:#}")).into_response(),
    }
}

async fn text(database: &Database, sql: &str, asked: &[u8]) -> anyhow::Result<String> {
    let values: Vec<Value> = serde_json::from_slice(asked)?;
    let values = values.into_iter().map(|value| match value {
        Value::String(text) => Bound::from(text),
        number => Bound::from(number.as_i64()),
    });
    let statement = Statement::from_sql_and_values(database.engine().backend(), sql, values);
    let row = database.reader().query_one_raw(statement).await?;
    Ok(match row {
        Some(row) => row.try_get("", "answer")?,
        None => "null".to_owned(),
    })
}
