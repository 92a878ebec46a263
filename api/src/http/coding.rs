//! Answers that are sent once, in a coding that the client takes.

use axum::body::{Body, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, ETAG};
use axum::response::Response;
use http_body_util::BodyExt;
use tokio::task::spawn_blocking;

use crate::compression::{Encoding, LEAST, SENT_ONCE, negotiate};

/// The longest body that is coded on the thread that answers: it takes about
/// a millisecond.
const AT_ONCE: usize = 64 * 1024;

/// `response` in the coding that a client with these headers likes best of
/// those that are cheap to make, unless it is coded or short.
pub(super) async fn coded(response: Response, headers: &HeaderMap) -> Response {
    let size = response.body().size_hint().exact().unwrap_or(0);
    let is_ready = response.headers().contains_key(CONTENT_ENCODING)
        || response.headers().contains_key(ETAG)
        || size < LEAST as u64;
    if is_ready {
        return response;
    }
    let encoding = negotiate(headers, &SENT_ONCE);
    let Some(name) = encoding.header() else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    // It is in memory: its length is known.
    let Ok(whole) = body.collect().await else {
        return Response::from_parts(parts, Body::empty());
    };
    let whole = whole.to_bytes();
    let coded = if whole.len() > AT_ONCE {
        let bytes = whole.clone();
        spawn_blocking(move || encoding.encode(&bytes)).await.ok()
    } else {
        Some(Encoding::encode(encoding, &whole))
    };
    match coded {
        Some(Ok(coded)) if coded.len() < whole.len() => {
            parts.headers.insert(CONTENT_ENCODING, name);
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, coded.into())
        }
        _ => Response::from_parts(parts, whole.into()),
    }
}
