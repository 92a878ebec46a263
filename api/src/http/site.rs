//! All that is served. A request of known bytes is answered here, before its
//! path, its type and its document are looked at; any other goes on to the
//! routes.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::{BoxError, http};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use pin_project_lite::pin_project;
use tower::Service;

use super::Served;
use super::body::whole;
use super::cors::{self, Cors};
use super::delivered;
use super::graphql;
use super::observe::{self, Observe, RequestId};
use super::sent::Sent;
use crate::config::Origins;

/// The longest body whose bytes are looked up before it is known who sends it.
const SMALL: usize = 16 * 1024;

/// What is served, and by which rules. Cheap to clone, and always ready.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

struct Shared {
    served: Arc<Served>,
    routes: Routes,
}

type Routes = Observe<Cors<Router>>;

impl fmt::Debug for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    pub(super) fn new(served: Arc<Served>, inner: Router) -> Self {
        let origins = Arc::clone(&served.app.origins);
        let routes = Observe(Cors { inner, origins });
        Self(Arc::new(Shared { served, routes }))
    }

    /// The answer to bytes that are known.
    fn recall(&self, sent: &Sent<'_>) -> Option<Response> {
        // A hit is told of in lines of debugging alone.
        let started = tracing::enabled!(tracing::Level::DEBUG).then(Instant::now);
        let response = sent.recall(&self.0.served.app)?;
        Some(self.finished(response, sent.parts(), started))
    }

    /// Do what is done around the routes.
    fn finished(
        &self,
        mut response: Response,
        asked: &Parts,
        started: Option<Instant>,
    ) -> Response {
        let origins = &self.0.served.app.origins;
        // What is kept says already that any page may read it.
        if matches!(**origins, Origins::Listed(_)) {
            cors::share(origins, &asked.headers, response.headers_mut());
        }
        let id = RequestId::given(&asked.headers);
        observe::finish(&mut response, &id, &asked.method, asked.uri.path(), started);
        response
    }

    /// Read a small body, and look it up.
    async fn read_and_answer<B>(self, parts: Parts, body: B) -> Result<Response, Infallible>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let limits = &self.0.served.app.limits;
        match whole(body, SMALL, limits.timeout).await {
            Ok(body) => match self.recall(&Sent::new(&parts, &body)) {
                Some(response) => Ok(response),
                None => {
                    self.route(http::Request::from_parts(parts, body.into()))
                        .await
                }
            },
            Err(refusal) => {
                let mut response = graphql::described(refusal.into_response());
                cors::write(&self.0.served.app.origins, response.headers_mut());
                observe::secure(response.headers_mut());
                Ok(self.finished(response, &parts, None))
            }
        }
    }

    /// The answer to any other.
    fn route(&self, request: Request) -> <Routes as Service<Request>>::Future {
        self.0.routes.clone().call(request)
    }
}

impl<B> Service<http::Request<B>> for Site
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path();
        let is_graphql = path == graphql::PATH;
        if (is_graphql || delivered::is_kept(path)) && Sent::is_plain(&parts.headers) {
            if parts.method == Method::GET {
                let response = self.recall(&Sent::new(&parts, b""));
                if let Some(response) = response {
                    return Stage::Recalled { response }.into();
                }
            } else if is_graphql
                && matches!(parts.method, Method::POST | Method::QUERY)
                && body
                    .size_hint()
                    .upper()
                    .is_some_and(|size| size <= SMALL as u64)
            {
                let answer = Box::pin(self.clone().read_and_answer(parts, body));
                return Stage::Reading { answer }.into();
            }
        }
        let request = http::Request::from_parts(parts, Body::new(body));
        let answer = self.route(request);
        Stage::Routed { answer }.into()
    }
}

pin_project! {
    /// A request that is being answered.
    pub struct Answering {
        #[pin]
        stage: Stage,
    }
}

pin_project! {
    #[project = Pinned]
    enum Stage {
        Recalled { response: Response },
        Reading { answer: BoxFuture<'static, Result<Response, Infallible>> },
        Routed {
            #[pin]
            answer: <Routes as Service<Request>>::Future,
        },
    }
}

impl From<Stage> for Answering {
    fn from(stage: Stage) -> Self {
        Self { stage }
    }
}

impl Future for Answering {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().stage.project() {
            // It is polled once.
            Pinned::Recalled { response } => Poll::Ready(Ok(std::mem::take(response))),
            Pinned::Reading { answer } => answer.as_mut().poll(context),
            Pinned::Routed { answer } => answer.poll(context),
        }
    }
}
