//! Around every request: its id, its line in the log, and its panics.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};

use super::refusal::Refusal;
use crate::error::Code;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const MAX_ID: usize = 128;

/// What a request is called in the log, and what its client is told to quote.
#[derive(Clone, Debug)]
pub(super) struct RequestId(HeaderValue);

impl RequestId {
    /// The id that came with `request`, if it is a sane one; else a new one.
    pub(super) fn of(request: &Request) -> Self {
        let given = request.headers().get(X_REQUEST_ID).filter(|value| {
            let id = value.as_bytes();
            let sane = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
            (1..=MAX_ID).contains(&id.len()) && id.iter().all(sane)
        });
        let made = || MakeRequestUuid.make_request_id(request);
        Self(given.cloned().unwrap_or_else(|| {
            made().map_or(HeaderValue::from_static("unknown"), |id| {
                id.into_header_value()
            })
        }))
    }

    pub(super) fn as_str(&self) -> &str {
        // It is ASCII, whether it was taken or made.
        self.0.to_str().unwrap_or_default()
    }
}

/// Give the request an id, log how it was answered, and survive its panic.
pub(super) async fn observe(mut request: Request, next: Next) -> Response {
    let id = RequestId::of(&request);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = Instant::now();

    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_| after_panic(&id, &path));

    let status = response.status();
    let duration_ms = started.elapsed().as_micros() as f64 / 1000.0;
    if status.is_server_error() {
        tracing::warn!(
            request.id = id.as_str(),
            request.method = method.as_str(),
            request.path = path,
            response.status = status.as_u16(),
            duration_ms,
            "{method} {path} failed with {}",
            status.as_u16()
        );
    } else {
        tracing::debug!(
            request.id = id.as_str(),
            request.method = method.as_str(),
            request.path = path,
            response.status = status.as_u16(),
            duration_ms,
            "{method} {path} answered with {}",
            status.as_u16()
        );
    }
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, id.0);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The panic itself is in the log already.
fn after_panic(id: &RequestId, path: &str) -> Response {
    tracing::error!(request.id = id.as_str(), "a request panicked");
    let refusal = Refusal::new(Code::Internal, "internal error").with_request_id(id.clone());
    if path == "/graphql" {
        refusal.into_response()
    } else {
        refusal.outside_graphql().into_response()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::routing::get;
    use axum::{Router, middleware};
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use super::observe;

    async fn panics() -> &'static str {
        panic!("as a resolver might")
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_and_the_next_request_is_answered() {
        let router = Router::new()
            .route("/graphql", get(panics))
            .route("/well", get(async || "well"))
            .layer(middleware::from_fn(observe));
        let request = |path: &str| Request::get(path).header("x-request-id", "r-1");

        let failed = request("/graphql").body(Body::empty()).unwrap();
        let failed = router.clone().oneshot(failed).await.unwrap();
        let well = request("/well").body(Body::empty()).unwrap();
        let well = router.oneshot(well).await.unwrap();

        assert_eq!(failed.status(), 500);
        let body = to_bytes(failed.into_body(), usize::MAX).await.unwrap();
        let error = json!({
            "message": "internal error",
            "extensions": { "code": "INTERNAL", "requestId": "r-1" },
        });
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body, json!({ "errors": [error] }));
        assert_eq!(well.status(), 200);
    }
}
