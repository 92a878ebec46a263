//! Cross-origin resource sharing: which pages elsewhere may read answers (Fetch
//! standard, section 3.2).
//!
//! Cookies and the like are never taken, so an answer tells a page no more than
//! it tells anyone; keys are sent by those who hold them. So any origin may
//! read unless told.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use pin_project_lite::pin_project;
use tower::Service;

use crate::config::Origins;

const ANY: HeaderValue = HeaderValue::from_static("*");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, QUERY");
const VARY_ORIGIN: HeaderValue = HeaderValue::from_static("origin");

/// A day, for which a browser need not ask again. Some keep it for less.
const MAX_AGE: HeaderValue = HeaderValue::from_static("86400");

/// A page may read all headers. That is what it means where no credentials are
/// sent (Fetch standard, section 3.2.3), and a page can't send any.
const EXPOSED: HeaderValue = HeaderValue::from_static("*");

/// Answers preflights, and lets pages of these origins read answers.
#[derive(Clone, Debug)]
pub(super) struct Cors<Inner> {
    pub(super) inner: Inner,
    pub(super) origins: Arc<Origins>,
}

impl<Inner> Service<Request> for Cors<Inner>
where
    Inner: Service<Request, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Shared<Inner::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let allowed = allowed(&self.origins, request.headers());
        if is_preflight(&request) {
            let response = Some(preflight(request.headers(), allowed));
            return Shared::Preflight { response };
        }
        Shared::Answered {
            answer: self.inner.call(request),
            allowed,
            varies: matches!(*self.origins, Origins::Listed(_)),
        }
    }
}

pin_project! {
    /// An answer that pages may read.
    #[project = Stage]
    #[derive(Debug)]
    pub(super) enum Shared<Answer> {
        Preflight { response: Option<Response> },
        Answered {
            #[pin]
            answer: Answer,
            allowed: Option<HeaderValue>,
            varies: bool,
        },
    }
}

impl<Answer> Future for Shared<Answer>
where
    Answer: Future<Output = Result<Response, Infallible>>,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            // It is polled once.
            Stage::Preflight { response } => Poll::Ready(Ok(response.take().unwrap_or_default())),
            Stage::Answered {
                answer,
                allowed,
                varies,
            } => {
                let Ok(mut response) = ready!(answer.poll(context));
                mark(response.headers_mut(), allowed.take(), *varies);
                Poll::Ready(Ok(response))
            }
        }
    }
}

/// Let whoever asked with these headers read the answer, if its page may.
pub(super) fn share(origins: &Origins, asked: &HeaderMap, headers: &mut HeaderMap) {
    let varies = matches!(origins, Origins::Listed(_));
    mark(headers, allowed(origins, asked), varies);
}

fn mark(headers: &mut HeaderMap, allowed: Option<HeaderValue>, varies: bool) {
    if varies {
        headers.append(VARY, VARY_ORIGIN);
    }
    if let Some(origin) = allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

/// Put what is the same in all answers into one that is kept, so that it need
/// not make room for it each time.
pub(super) fn write(origins: &Origins, headers: &mut HeaderMap) {
    if *origins == Origins::Any {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

/// The origin that may read the answer. Where any may, that does not depend on
/// the request, and caches need not know of it.
fn allowed(origins: &Origins, headers: &HeaderMap) -> Option<HeaderValue> {
    match origins {
        Origins::Any => Some(ANY),
        Origins::Listed(listed) => {
            let origin = headers.get(ORIGIN)?;
            let is_listed = listed.iter().any(|one| one.as_bytes() == origin.as_bytes());
            is_listed.then(|| origin.clone())
        }
    }
}

fn is_preflight(request: &Request) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight(asked: &HeaderMap, allowed: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(
        VARY,
        HeaderValue::from_static("origin, access-control-request-headers"),
    );
    if let Some(origin) = allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        // No header can do more here than its sender could do without a page.
        if let Some(asked) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        }
    }
    response
}
