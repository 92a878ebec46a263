//! A client of the HTTP server, without a network between.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use masthead::http::Site;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Asks one server.
#[derive(Clone, Debug)]
pub struct Client {
    site: Site,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Client {
    /// A client of this server.
    #[must_use]
    pub const fn of(site: Site) -> Self {
        Self { site }
    }

    /// Get a path.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(Method::GET, path, headers, Body::empty()).await
    }

    /// Post a body as it is.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        self.send(Method::POST, path, headers, body).await
    }

    /// Post a query as a GraphQL client does.
    pub async fn query(&self, text: &str) -> Reply {
        let headers = [
            (CONTENT_TYPE.as_str(), "application/json"),
            (ACCEPT.as_str(), "application/graphql-response+json"),
        ];
        let body = json!({ "query": text }).to_string();
        self.post("/graphql", &headers, body).await
    }

    /// The same with the `Authorization` header given.
    pub async fn query_by(&self, authorization: &str, text: &str) -> Reply {
        let headers = [
            (CONTENT_TYPE.as_str(), "application/json"),
            (ACCEPT.as_str(), "application/graphql-response+json"),
            (AUTHORIZATION.as_str(), authorization),
        ];
        let body = json!({ "query": text }).to_string();
        self.post("/graphql", &headers, body).await
    }

    /// Send any request.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .body(body.into())
            .expect("the request is well formed");
        // Over a network others would have their turn now. An answer that is
        // kept never waits for anything: who asks on and on would hold up all
        // tasks of the thread, also what it waits for.
        tokio::task::yield_now().await;
        let sent = self.site.clone().oneshot(request).await;
        let response = sent.expect("a site answers whatever comes");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await;
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: body.expect("the body comes to its end"),
        }
    }
}

impl Reply {
    /// The value of a header; empty if there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("the header is text"))
    }

    /// The body as text.
    ///
    /// # Panics
    /// If it is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is not; it shows it.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&self.body)),
        }
    }

    /// `extensions.code` of the first error.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        let body = self.json();
        let code = body["errors"][0]["extensions"]["code"].as_str();
        code.map(str::to_owned)
    }
}
