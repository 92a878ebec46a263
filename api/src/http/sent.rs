//! A request as it was sent, and its answer out of the response cache.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use tokio::task::spawn_blocking;

use super::cached::CACHE_STATUS;
use super::charge::COST;
use super::conditional::is_known;
use super::preview;
use crate::app::App;
use crate::cache::{Entry, Fingerprint, Key, Known};
use crate::change_log::Position;
use crate::compression::{Encoding, KEPT, negotiate};

/// The longest body that is coded on the thread that answers: it takes about
/// a millisecond.
const AT_ONCE: usize = 32 * 1024;

/// A request as it was sent.
pub(super) struct Sent<'a> {
    parts: &'a Parts,
    /// None for one that brings a key or a token, or asks for its cost: what it
    /// is answered may depend on that.
    fingerprint: Option<Fingerprint>,
}

impl<'a> Sent<'a> {
    pub(super) fn new(parts: &'a Parts, body: &[u8]) -> Self {
        let headers = &parts.headers;
        let fingerprint = Self::is_plain(headers).then(|| {
            let value = |name| {
                headers
                    .get(name)
                    .map_or(b"".as_slice(), HeaderValue::as_bytes)
            };
            // A HEAD is a GET whose body is left out at the end.
            let method = match &parts.method {
                &Method::HEAD => &Method::GET,
                method => method,
            };
            Fingerprint::of(&[
                method.as_str().as_bytes(),
                parts.uri.path().as_bytes(),
                parts.uri.query().unwrap_or_default().as_bytes(),
                body,
                value(ACCEPT),
                value(ACCEPT_ENCODING),
                value(ACCEPT_LANGUAGE),
                value(CONTENT_TYPE),
                value(CONTENT_ENCODING),
            ])
        });
        Self { parts, fingerprint }
    }

    /// The same request, whose bytes are not remembered: what they ask for
    /// changes with the time.
    pub(super) fn forgotten(self) -> Self {
        Self {
            fingerprint: None,
            ..self
        }
    }

    /// Whether the answer is one for all: a request with these headers brings
    /// neither a key nor a token, and does not ask what it costs.
    pub(super) fn is_plain(headers: &HeaderMap) -> bool {
        let has = |name| headers.contains_key(name);
        !has(AUTHORIZATION) && !has(preview::HEADER) && !has(COST)
    }

    pub(super) const fn parts(&self) -> &Parts {
        self.parts
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Whether the method can't ask for more than reading: GET, HEAD, QUERY.
    pub(super) fn is_safe(&self) -> bool {
        self.parts.method != Method::POST
    }

    /// The answer, if these bytes were sent before, and it is still valid and at
    /// hand in the coding that is asked for.
    pub(super) fn recall(&self, app: &App) -> Option<Response> {
        let position = app.database.head().position();
        let (entry, encoding) = app.responses.recall(self.fingerprint?, position)?;
        is_at_hand(&entry, encoding).then(|| self.hit(&entry, encoding))
    }

    /// Remember that these bytes ask for `key`.
    pub(super) fn remember(&self, app: &App, key: Key, position: Position) -> Encoding {
        let encoding = negotiate(&self.parts.headers, &KEPT);
        if let Some(fingerprint) = self.fingerprint {
            let known = Known {
                key,
                encoding,
                position,
            };
            app.responses.remember(fingerprint, known);
        }
        encoding
    }

    pub(super) async fn respond(
        &self,
        entry: &Arc<Entry>,
        encoding: Encoding,
        status: HeaderValue,
    ) -> Response {
        if !is_at_hand(entry, encoding) {
            let entry = Arc::clone(entry);
            let coding = spawn_blocking(move || entry.code(encoding));
            // If it fails, it is done again below.
            drop(coding.await);
        }
        let mut response = self.hit(entry, encoding);
        response.headers_mut().insert(CACHE_STATUS, status);
        response
    }

    /// The answer as it is kept: it says to be a hit.
    fn hit(&self, entry: &Entry, encoding: Encoding) -> Response {
        let form = entry.form(encoding);
        if self.is_safe() && is_known(&self.parts.headers, form) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = form.not_modified.clone();
            response
        } else {
            let mut response = Response::new(Body::from(form.body.clone()));
            *response.headers_mut() = form.headers.clone();
            response
        }
    }
}

/// Whether this coding takes no time.
fn is_at_hand(entry: &Entry, encoding: Encoding) -> bool {
    entry.length() <= AT_ONCE || entry.has(encoding)
}
