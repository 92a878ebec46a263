//! Bodies that stay the same while the process runs: coded once, at first use.

use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::conditional::is_known;
use crate::cache::{Content, Entry};
use crate::change_log::Position;
use crate::compression::{KEPT, negotiate};

/// For what changes with the program alone, and can be asked for again.
pub(super) const AN_HOUR: &str = "public, max-age=3600";

/// A body that stays the same.
#[derive(Clone, Debug)]
pub(super) struct Fixed(Arc<Entry>);

impl Fixed {
    /// A body of this type.
    pub(super) fn new(body: impl Into<Bytes>, media_type: &'static str) -> Self {
        Self::with(body, media_type, AN_HOUR, HeaderMap::new())
    }

    /// The same with other headers.
    pub(super) fn with(
        body: impl Into<Bytes>,
        media_type: &'static str,
        cache_control: &'static str,
        others: HeaderMap,
    ) -> Self {
        let content = Content {
            body: body.into(),
            media_type: HeaderValue::from_static(media_type),
            cache_control: HeaderValue::from_static(cache_control),
            vary: HeaderValue::from_static("accept-encoding"),
            others,
        };
        Self(Arc::new(Entry::new(content, Position::START)))
    }

    /// The answer to a request with these headers.
    pub(super) async fn respond(&self, headers: &HeaderMap) -> Response {
        let encoding = negotiate(headers, &KEPT);
        if !self.0.has(encoding) {
            let entry = Arc::clone(&self.0);
            // It may take a tenth of a second. If it fails, it is done below.
            drop(spawn_blocking(move || entry.form(encoding).body.len()).await);
        }
        let form = self.0.form(encoding);
        if is_known(headers, form) {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            *response.headers_mut() = form.not_modified.clone();
            return response;
        }
        let mut response = form.body.clone().into_response();
        *response.headers_mut() = form.headers.clone();
        response
    }
}

/// Keep an answer out of shared caches by what its address answers beside it.
pub(super) fn varied_by_accept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
