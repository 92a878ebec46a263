//! Pages elsewhere, and what their browsers ask first.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Method;
use masthead::app::App;

use super::{Answered, Server};

const QUERY: &str = "/graphql?query=%7B__typename%7D";

fn listed(app: &mut App) {
    app.origins = Arc::new("https://a.example, https://b.example".parse().unwrap());
}

async fn preflight(server: &Server, origin: &str) -> Answered {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "content-type,authorization",
        ),
    ];
    server
        .send(Method::OPTIONS, "/graphql", &headers, Body::empty())
        .await
}

#[tokio::test]
async fn any_page_may_read_and_none_with_credentials() {
    let server = Server::new().await;

    let plain = server.get(QUERY, &[]).await;
    let asked = server.get(QUERY, &[("origin", "https://a.example")]).await;

    for answered in [plain, asked] {
        assert_eq!(answered.status, 200);
        assert_eq!(answered.header("access-control-allow-origin"), "*");
        assert_eq!(answered.header("access-control-allow-credentials"), "");
        assert_eq!(answered.header("access-control-expose-headers"), "*");
        let varies = answered.headers.get_all("vary").iter();
        let mut varies = varies.map(|value| value.to_str().unwrap());
        assert!(!varies.any(|value| value.contains("origin")));
    }
}

#[tokio::test]
async fn a_preflight_is_answered_and_may_be_kept() {
    let server = Server::new().await;

    let answered = preflight(&server, "https://a.example").await;

    assert_eq!(answered.status, 204);
    assert_eq!(answered.header("access-control-allow-origin"), "*");
    let methods = answered.header("access-control-allow-methods");
    assert_eq!(methods, "GET, HEAD, POST, QUERY");
    let headers = answered.header("access-control-allow-headers");
    assert_eq!(headers, "content-type,authorization");
    assert_eq!(answered.header("access-control-max-age"), "86400");
}

#[tokio::test]
async fn pages_may_be_listed() {
    let server = Server::with(|_, app| listed(app)).await;
    for (origin, allowed) in [
        ("https://a.example", "https://a.example"),
        ("https://b.example", "https://b.example"),
        ("https://c.example", ""),
        ("https://a.example.evil.example", ""),
        ("http://a.example", ""),
        ("null", ""),
    ] {
        let read = server.get(QUERY, &[("origin", origin)]).await;
        let first = preflight(&server, origin).await;

        assert_eq!(read.status, 200, "{origin}");
        for answered in [&read, &first] {
            let answer = answered.header("access-control-allow-origin");
            assert_eq!(answer, allowed, "{origin}");
            let varies = answered.headers.get_all("vary").iter();
            let mut varies = varies.map(|value| value.to_str().unwrap());
            assert!(varies.any(|value| value.contains("origin")), "{origin}");
        }
        let methods = first.header("access-control-allow-methods");
        assert_eq!(methods.is_empty(), allowed.is_empty(), "{origin}");
    }
}

#[tokio::test]
async fn a_page_that_needs_no_preflight_can_only_read() {
    let server = Server::new().await;
    let mutation = "/graphql?query=mutation%7BapiKeyRevoke(input:%7B%7D)%7Bkey%7Bname%7D%7D%7D";
    let body = r#"{"query":"{__typename}"}"#;

    let written = server
        .get(mutation, &[("origin", "https://evil.example")])
        .await;
    assert_eq!(written.status, 405);
    assert_eq!(written.code(), "METHOD_NOT_ALLOWED");
    // The types that a form can send, and none.
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        "text/plain",
        "text/plain; a=application/json",
        "",
    ] {
        let headers = [("content-type", kind), ("origin", "https://evil.example")];
        let sent = if kind.is_empty() {
            &headers[1..]
        } else {
            &headers[..]
        };

        let answered = server.send(Method::POST, "/graphql", sent, body).await;

        assert_eq!(answered.status, 415, "{kind}");
        assert_eq!(answered.code(), "UNSUPPORTED_MEDIA_TYPE", "{kind}");
    }
}
