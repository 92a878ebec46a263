//! The page that says what this is, and the schemas.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};

use super::Served;

/// The page needs its own styles and nothing else.
const HOME_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/`
pub(super) async fn home() -> Response {
    html(
        include_str!("../../assets/home.html").to_owned(),
        HOME_POLICY,
    )
}

/// The schema, in the schema definition language.
pub(super) async fn schema(State(served): State<Arc<Served>>) -> Response {
    (
        [(CONTENT_TYPE, "text/plain; charset=utf-8")],
        crate::schema::sdl(&served.schema),
    )
        .into_response()
}

/// The JSON Schema of `blocks`, version 1. What changes or removes anything of
/// it is another version, with a path of its own.
pub(super) async fn blocks_schema() -> Response {
    (
        [(CONTENT_TYPE, "application/schema+json")],
        include_str!("../../assets/rich_text/blocks.schema.json"),
    )
        .into_response()
}

/// A page that may load only what `policy` lets it.
pub(super) fn html(text: String, policy: &'static str) -> Response {
    (
        [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, policy),
            (REFERRER_POLICY, "no-referrer"),
        ],
        text,
    )
        .into_response()
}
