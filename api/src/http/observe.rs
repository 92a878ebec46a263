//! Around every request: its id, its line in the log, and its panics.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use futures_util::future::CatchUnwind;
use pin_project_lite::pin_project;
use tower::Service;
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::graphql;
use super::refusal::Refusal;
use crate::error::Code;

pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const MAX_ID: usize = 128;

const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

/// What a request is called in the log, and what its client is told to quote.
#[derive(Clone, Debug)]
pub(super) struct RequestId(HeaderValue);

impl RequestId {
    /// The id of a request that [`Observe`] has let through.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let known = headers.get(X_REQUEST_ID).cloned();
        Self(known.unwrap_or_else(|| HeaderValue::from_static("unknown")))
    }

    /// The id that came with a request, if it is a sane one; else a new one.
    pub(super) fn given(headers: &HeaderMap) -> Self {
        let given = headers.get(X_REQUEST_ID).filter(|value| {
            let id = value.as_bytes();
            let sane = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
            (1..=MAX_ID).contains(&id.len()) && id.iter().all(sane)
        });
        Self(given.cloned().unwrap_or_else(made))
    }

    pub(super) fn as_str(&self) -> &str {
        // It is ASCII, whether it was taken or made.
        self.0.to_str().unwrap_or_default()
    }
}

/// A new id, of the form of a UUID: no two processes are likely to give the
/// same. It is no secret.
fn made() -> HeaderValue {
    static SEED: LazyLock<u64> = LazyLock::new(|| {
        let mut seed = [0; 8];
        match getrandom::fill(&mut seed) {
            Ok(()) => u64::from_le_bytes(seed),
            // The ids of two processes may be the same.
            Err(_) => 0,
        }
    });
    static MADE: AtomicU64 = AtomicU64::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let random = xxh3_128_with_seed(&number.to_le_bytes(), *SEED);
    // Version 8: made as the maker likes (RFC 9562, section 5.8).
    let bits = random & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let mut text = *b"00000000-0000-0000-0000-000000000000";
    let mut place = 0;
    for byte in bits.to_be_bytes() {
        place += usize::from(text[place] == b'-');
        text[place] = HEXADECIMAL[usize::from(byte >> 4)];
        text[place + 1] = HEXADECIMAL[usize::from(byte & 0xf)];
        place += 2;
    }
    HeaderValue::from_bytes(&text).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

/// Gives each request an id, logs how it was answered, and survives its panic.
/// All requests pass through, so nothing here allocates but the id.
#[derive(Clone, Debug)]
pub(super) struct Observe<Inner>(pub(super) Inner);

impl<Inner> Service<Request> for Observe<Inner>
where
    Inner: Service<Request, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Observed<Inner::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let id = RequestId::given(request.headers());
        request.headers_mut().insert(X_REQUEST_ID, id.0.clone());
        // Both are cheap to clone.
        let method = request.method().clone();
        let uri = request.uri().clone();
        Observed {
            answered: AssertUnwindSafe(self.0.call(request)).catch_unwind(),
            id,
            method,
            uri,
            started: Instant::now(),
        }
    }
}

pin_project! {
    /// A request that is being answered.
    #[derive(Debug)]
    pub(super) struct Observed<Answered> {
        #[pin]
        answered: CatchUnwind<AssertUnwindSafe<Answered>>,
        id: RequestId,
        method: Method,
        uri: Uri,
        started: Instant,
    }
}

impl<Answered> Future for Observed<Answered>
where
    Answered: Future<Output = Result<Response, Infallible>>,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let path = this.uri.path();
        let mut response = match ready!(this.answered.poll(context)) {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => after_panic(this.id, path),
        };
        finish(&mut response, this.id, this.method, path, *this.started);
        Poll::Ready(Ok(response))
    }
}

/// Log how a request was answered, and tell its client what it is called.
pub(super) fn finish(
    response: &mut Response,
    id: &RequestId,
    method: &Method,
    path: &str,
    started: Instant,
) {
    log(response, id, method, path, started);
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, id.0.clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

fn log(response: &Response, id: &RequestId, method: &Method, path: &str, started: Instant) {
    let status = response.status();
    let duration_ms = || started.elapsed().as_micros() as f64 / 1000.0;
    if status.is_server_error() {
        tracing::warn!(
            request.id = id.as_str(),
            request.method = method.as_str(),
            request.path = path,
            response.status = status.as_u16(),
            duration_ms = duration_ms(),
            "{method} {path} failed with {}",
            status.as_u16()
        );
    } else {
        tracing::debug!(
            request.id = id.as_str(),
            request.method = method.as_str(),
            request.path = path,
            response.status = status.as_u16(),
            duration_ms = duration_ms(),
            "{method} {path} answered with {}",
            status.as_u16()
        );
    }
}

/// The panic itself is in the log already.
fn after_panic(id: &RequestId, path: &str) -> Response {
    tracing::error!(request.id = id.as_str(), "a request panicked");
    let refusal = Refusal::new(Code::Internal, "internal error").with_request_id(id.clone());
    if path == graphql::PATH {
        refusal.into_response()
    } else {
        refusal.outside_graphql().into_response()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::routing::get;
    use serde_json::{Value, json};
    use tower::ServiceExt;
    use tower::layer::layer_fn;

    use super::Observe;

    async fn panics() -> &'static str {
        panic!("as a resolver might")
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_and_the_next_request_is_answered() {
        let router = Router::new()
            .route("/graphql", get(panics))
            .route("/well", get(async || "well"))
            .layer(layer_fn(Observe));
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
