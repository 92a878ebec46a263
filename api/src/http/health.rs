//! Whether the process lives, and whether it can answer.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::Served;
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::error::{Code, line};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process lives: it should not be restarted.
pub(super) async fn live() -> Response {
    healthy("alive\n")
}

/// The database answers: requests may be sent here.
pub(super) async fn ready(State(served): State<Arc<Served>>, headers: HeaderMap) -> Response {
    let id = RequestId::of(&headers);
    let fault = match timeout(PATIENCE, served.app.database.ping()).await {
        Ok(Ok(())) => return healthy("ready\n"),
        Ok(Err(fault)) => line(&fault),
        Err(_) => format!("it took longer than {PATIENCE:?}"),
    };
    tracing::error!(
        request.id = id.as_str(),
        "the database does not answer: {fault}"
    );
    Refusal::new(
        Code::DatabaseUnavailable,
        "the database does not answer at the moment",
    )
    .with_request_id(id)
    .outside_graphql()
    .into_response()
}

fn healthy(text: &'static str) -> Response {
    ([(CACHE_CONTROL, "no-store")], text).into_response()
}
