//! What is not a request, or too much of one.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;

use super::Server;

#[tokio::test]
async fn a_body_that_is_no_request_is_told_what_is_wrong_with_it() {
    let server = Server::new().await;
    for (body, status, message) in [
        (
            &b""[..],
            400,
            "the body is empty; it must be a JSON object with the member \"query\"",
        ),
        (
            b"{\"query\":\"\xff\"}",
            400,
            "the body is not UTF-8: byte 10 is wrong",
        ),
        (
            b"NONSENSE",
            400,
            "the body is not JSON: expected value at line 1 column 1",
        ),
        (
            b"{\"query\":",
            400,
            "the body is not JSON: EOF while parsing a value at line 1 column 9",
        ),
        (
            b"{\"query\":\"{a}\"} {}",
            400,
            "the body is not JSON: trailing characters at line 1 column 17",
        ),
        (b"7", 422, "the body is not a JSON object"),
        (b"null", 422, "the body is not a JSON object"),
        (
            b"[{\"query\":\"{__typename}\"}]",
            422,
            "the body is a list: send one request at a time, as a JSON object",
        ),
        (
            b"{\"qeury\":\"{__typename}\"}",
            422,
            "the member \"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        (
            b"{\"query\":null}",
            422,
            "the member \"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        (
            b"{\"query\":{}}",
            422,
            "the member \"query\" must be a string",
        ),
        (
            b"{\"query\":\"{a}\",\"operationName\":7}",
            422,
            "the member \"operationName\" must be a string",
        ),
        (
            b"{\"query\":\"{a}\",\"variables\":[7]}",
            422,
            "the member \"variables\" must be an object",
        ),
        (
            b"{\"query\":\"{a}\",\"variables\":\"{}\"}",
            422,
            "the member \"variables\" must be an object",
        ),
        (
            b"{\"query\":\"{a}\",\"extensions\":true}",
            422,
            "the member \"extensions\" must be an object",
        ),
        (
            b"{\"query\":\"{a}\",\"query\":\"{b}\"}",
            422,
            "a member of the body is given twice",
        ),
    ] {
        let answered = server.post(body).await;

        assert_eq!(answered.message(), message);
        assert_eq!(answered.status, status, "{message}");
        assert_eq!(answered.code(), "BAD_REQUEST");
        assert_eq!(answered.json().get("data"), None);
    }
}

#[tokio::test]
async fn parameters_that_are_no_request_are_told_what_is_wrong_with_them() {
    let server = Server::new().await;
    for (parameters, status, message) in [
        (
            "",
            422,
            "the parameter \"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        (
            "query=",
            422,
            "the parameter \"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        ("query=%FF", 400, "the parameter \"query\" is not UTF-8"),
        ("query=a&query=b", 422, "\"query\" is given twice"),
        (
            "query=a&variables=7",
            422,
            "the parameter \"variables\" must be a JSON object",
        ),
        (
            "query=a&variables=x",
            400,
            "the parameter \"variables\" is not JSON: expected value at line 1 column 1",
        ),
        (
            "query=a&extensions=%5B%5D",
            422,
            "the parameter \"extensions\" must be a JSON object",
        ),
    ] {
        let answered = server.get(&format!("/graphql?{parameters}"), &[]).await;

        assert_eq!(answered.message(), message);
        assert_eq!(answered.status, status, "{parameters}");
        assert_eq!(answered.code(), "BAD_REQUEST");
    }
}

#[tokio::test]
async fn a_body_may_be_as_large_as_the_limit_and_no_larger() {
    let body = r#"{"query":"{__typename}"}"#;
    let server = Server::with(|_, app| app.limits.body_bytes = body.len()).await;

    let fits = server.post(body).await;
    let larger = server.post(format!("{body} ")).await;
    let far_larger = server.post("x".repeat(1024 * 1024)).await;

    assert_eq!(fits.status, 200);
    for refused in [larger, far_larger] {
        assert_eq!(refused.status, 413);
        assert_eq!(refused.code(), "BODY_TOO_LARGE");
        assert_eq!(refused.message(), "a body holds at most 24 bytes");
    }
}

#[tokio::test]
async fn a_query_string_that_is_too_long_is_better_sent_by_post() {
    let server = Server::with(|_, app| app.limits.body_bytes = 100).await;

    let answered = server
        .get(&format!("/graphql?query={}", "a".repeat(95)), &[])
        .await;

    assert_eq!(answered.status, 414);
    assert_eq!(answered.code(), "URI_TOO_LONG");
    assert_eq!(
        answered.message(),
        "a query string holds at most 100 bytes; send this by POST"
    );
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let server = Server::with(|_, app| app.limits.timeout = Duration::from_millis(5)).await;
    let never = Body::from_stream(futures_util::stream::pending::<std::io::Result<Vec<u8>>>());
    let headers = [("content-type", "application/json")];

    let answered = server.send(Method::POST, "/graphql", &headers, never).await;

    assert_eq!(answered.status, 408);
    assert_eq!(answered.code(), "REQUEST_TIMEOUT");
}

#[tokio::test]
async fn a_body_in_pieces_is_put_together() {
    let server = Server::new().await;
    let pieces = ["{\"query\":", "\"{__type", "", "name}\"}"].map(Ok::<_, std::io::Error>);
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let headers = [("content-type", "application/json")];

    let answered = server.send(Method::POST, "/graphql", &headers, body).await;

    assert_eq!(answered.status, 200);
    assert_eq!(answered.text(), r#"{"data":{"__typename":"Query"}}"#);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_request() {
    let server = Server::new().await;
    let pieces = [Ok("{\"query\":"), Err(std::io::Error::other("gone"))];
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let headers = [("content-type", "application/json")];

    let answered = server.send(Method::POST, "/graphql", &headers, body).await;

    assert_eq!(answered.status, 400);
    assert_eq!(answered.message(), "the body broke off");
}

#[tokio::test]
async fn json_nested_without_end_is_refused() {
    let server = Server::new().await;
    let deep = "[".repeat(100_000);

    let answered = server
        .post(format!(r#"{{"query":"{{a}}","variables":{{"a":{deep}"#))
        .await;

    assert_eq!(answered.status, 400);
    assert_eq!(answered.code(), "BAD_REQUEST");
}
