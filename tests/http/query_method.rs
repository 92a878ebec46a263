//! The method QUERY (RFC 10008), beside GET and POST.

use axum::body::Body;
use axum::http::Method;

use super::{Answered, Server};

const QUERY: &str = r#"{"query":"{__typename}"}"#;
const JSON: (&str, &str) = ("content-type", "application/json");

async fn query(server: &Server, headers: &[(&str, &str)], body: &'static str) -> Answered {
    server.send(Method::QUERY, "/graphql", headers, body).await
}

#[tokio::test]
async fn a_query_in_a_body_is_answered_as_by_post() {
    let server = Server::new().await;

    let posted = server.post(QUERY).await;
    let queried = query(&server, &[JSON], QUERY).await;

    assert_eq!(queried.status, 200);
    assert_eq!(queried.text(), posted.text());
    for name in ["content-type", "cache-control", "etag", "vary"] {
        assert_eq!(queried.header(name), posted.header(name), "{name}");
    }
    assert_eq!(queried.header("cache-status"), "masthead; hit");
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again() {
    let server = Server::new().await;
    let first = query(&server, &[JSON], QUERY).await;
    let etag = first.header("etag");
    for (known, status) in [(etag, 304), ("\"other\"", 200)] {
        let again = query(&server, &[JSON, ("if-none-match", known)], QUERY).await;

        assert_eq!(again.status, status);
        assert_eq!(again.header("etag"), etag);
    }
}

#[tokio::test]
async fn two_bodies_are_two_questions() {
    let server = Server::new().await;

    let one = query(&server, &[JSON], QUERY).await;
    let other = query(&server, &[JSON], r#"{"query":"{a:__typename}"}"#).await;

    assert_eq!(one.text(), r#"{"data":{"__typename":"Query"}}"#);
    assert_eq!(other.text(), r#"{"data":{"a":"Query"}}"#);
    assert_ne!(one.header("etag"), other.header("etag"));
}

#[tokio::test]
async fn a_mutation_is_for_post() {
    let server = Server::new().await;
    for body in [
        r#"{"query":"mutation{__typename}"}"#,
        r#"{"query":"query A{__typename} mutation B{__typename}","operationName":"B"}"#,
    ] {
        let refused = query(&server, &[JSON], body).await;

        assert_eq!(refused.status, 405);
        assert_eq!(refused.code(), "METHOD_NOT_ALLOWED");
        assert_eq!(refused.header("allow"), "POST");
        assert_eq!(
            refused.message(),
            "GET and QUERY only read: send mutations by POST"
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_what_it_is_is_told_what_it_should_be() {
    let server = Server::new().await;
    for (headers, status, code) in [
        (vec![], 400, "BAD_REQUEST"),
        (
            vec![("content-type", "application/graphql")],
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            vec![("content-type", "application/x-www-form-urlencoded")],
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            vec![JSON, ("content-encoding", "gzip")],
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (vec![JSON, ("accept", "text/html")], 406, "NOT_ACCEPTABLE"),
    ] {
        let refused = query(&server, &headers, QUERY).await;

        assert_eq!(refused.status, status, "{headers:?}");
        assert_eq!(refused.code(), code);
        assert_eq!(refused.header("accept-query"), "application/json");
    }
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_as_by_post() {
    let server = Server::new().await;
    for body in [
        "",
        "NONSENSE",
        "[]",
        "{}",
        r#"{"query":7}"#,
        r#"{"query":"{"}"#,
    ] {
        let posted = server.post(body).await;
        let queried = query(&server, &[JSON], body).await;

        assert_eq!(queried.status, posted.status, "{body}");
        assert_eq!(queried.text(), posted.text());
    }
}

#[tokio::test]
async fn answers_say_that_the_method_is_there_and_what_it_takes() {
    let server = Server::new().await;
    let options = server
        .send(Method::OPTIONS, "/graphql", &[], Body::empty())
        .await;
    assert_eq!(options.status, 204);
    assert_eq!(options.header("allow"), "GET, HEAD, QUERY, POST, OPTIONS");
    let put = server
        .send(Method::PUT, "/graphql", &[], Body::empty())
        .await;
    assert_eq!(put.message(), "use GET, QUERY or POST");

    for answered in [options, put, server.get("/graphql?query=%7B", &[]).await] {
        assert_eq!(answered.header("accept-query"), "application/json");
    }
}

#[tokio::test]
async fn other_paths_do_not_take_it() {
    let server = Server::new().await;

    let refused = server.send(Method::QUERY, "/livez", &[JSON], QUERY).await;

    assert_eq!(refused.status, 405);
    assert_eq!(refused.header("accept-query"), "");
}
