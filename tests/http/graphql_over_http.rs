//! GraphQL over HTTP, edition of September 2026, case by case.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use super::Server;

const OURS: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// `{__typename}` with its braces encoded.
const TYPENAME: &str = "%7B__typename%7D";

#[tokio::test]
async fn a_query_is_answered_by_post_and_by_get() {
    let server = Server::new().await;
    let data = json!({ "data": { "__typename": "Query" } });

    let posted = server.post(r#"{"query":"{__typename}"}"#).await;
    let got = server.get(&format!("/graphql?query={TYPENAME}"), &[]).await;

    for answered in [posted, got] {
        assert_eq!(answered.status, 200);
        assert_eq!(answered.header("content-type"), OURS);
        assert_eq!(
            answered.header("vary"),
            "accept, accept-encoding, authorization, masthead-preview"
        );
        assert_eq!(answered.json(), data);
    }
}

#[tokio::test]
async fn head_has_what_get_has_but_no_body() {
    let server = Server::new().await;
    let path = format!("/graphql?query={TYPENAME}");

    let answered = server.send(Method::HEAD, &path, &[], Body::empty()).await;

    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-type"), OURS);
    assert_eq!(answered.body, b"");
}

#[tokio::test]
async fn the_answer_is_of_the_type_that_the_client_likes_best() {
    let server = Server::new().await;
    let good = r#"{"query":"{__typename}"}"#;
    for (accept, status, media_type) in [
        ("application/graphql-response+json", 200, OURS),
        ("application/json", 200, JSON),
        (
            "application/graphql-response+json, application/json;q=0.9",
            200,
            OURS,
        ),
        (
            "application/json, application/graphql-response+json;q=0.5",
            200,
            JSON,
        ),
        ("application/json; charset=utf-8", 200, JSON),
        ("*/*", 200, OURS),
        ("application/*;q=0.1", 200, OURS),
        ("application/json;q=0", 406, OURS),
        ("application/json; charset=iso-8859-1", 406, OURS),
        ("text/html", 406, OURS),
        ("application/xml, image/*", 406, OURS),
    ] {
        let headers = [("content-type", "application/json"), ("accept", accept)];

        let answered = server.send(Method::POST, "/graphql", &headers, good).await;

        assert_eq!(answered.status, status, "{accept}");
        assert_eq!(answered.header("content-type"), media_type, "{accept}");
        if status == 406 {
            assert_eq!(answered.code(), "NOT_ACCEPTABLE");
        }
    }
}

#[tokio::test]
async fn a_client_of_plain_json_gets_errors_of_the_type_that_tells_them_from_a_proxys() {
    let server = Server::new().await;
    let headers = [
        ("content-type", "application/json"),
        ("accept", "application/json"),
    ];

    let answered = server
        .send(Method::POST, "/graphql", &headers, r#"{"query":"{"}"#)
        .await;

    assert!(answered.status.is_client_error());
    assert_eq!(answered.header("content-type"), OURS);
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json_in_utf_8() {
    let server = Server::new().await;
    let good = r#"{"query":"{__typename}"}"#;
    for (headers, status) in [
        (vec![("content-type", "application/json")], 200),
        (
            vec![("content-type", "Application/JSON; Charset=\"UTF-8\"")],
            200,
        ),
        (
            vec![("content-type", "application/json; charset=utf-16")],
            415,
        ),
        (vec![("content-type", "text/plain")], 415),
        (vec![("content-type", "application/graphql")], 415),
        (
            vec![("content-type", "application/x-www-form-urlencoded")],
            415,
        ),
        (
            vec![("content-type", "multipart/form-data; boundary=x")],
            415,
        ),
        (vec![], 415),
        (
            vec![
                ("content-type", "application/json"),
                ("content-encoding", "gzip"),
            ],
            415,
        ),
    ] {
        let answered = server.send(Method::POST, "/graphql", &headers, good).await;

        assert_eq!(answered.status, status, "{headers:?}");
        if status == 415 {
            assert_eq!(answered.code(), "UNSUPPORTED_MEDIA_TYPE");
        }
    }
}

#[tokio::test]
async fn other_methods_are_told_which_there_are() {
    let server = Server::new().await;
    let allowed = "GET, HEAD, QUERY, POST, OPTIONS";
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let answered = server.send(method, "/graphql", &[], Body::empty()).await;

        assert_eq!(answered.status, 405);
        assert_eq!(answered.header("allow"), allowed);
        assert_eq!(answered.code(), "METHOD_NOT_ALLOWED");
    }

    let asked = server
        .send(Method::OPTIONS, "/graphql", &[], Body::empty())
        .await;

    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("allow"), allowed);
}

#[tokio::test]
async fn only_queries_go_by_get() {
    let server = Server::new().await;
    for (parameters, status) in [
        ("query=mutation%7B__typename%7D", 405),
        ("query=subscription%7B__typename%7D", 405),
        (
            "query=query+A%7B__typename%7D+mutation+B%7B__typename%7D&operationName=B",
            405,
        ),
        // A word alone is no mutation.
        ("query=query+mutation%7B__typename%7D", 200),
        ("query=%7B__typename%7D%23+mutation", 200),
    ] {
        let answered = server.get(&format!("/graphql?{parameters}"), &[]).await;

        assert_eq!(answered.status, status, "{parameters}");
        if status == 405 {
            assert_eq!(answered.header("allow"), "POST");
            assert_eq!(answered.code(), "METHOD_NOT_ALLOWED");
        }
    }
}

#[tokio::test]
async fn parameters_of_a_get_are_read_as_a_form() {
    let server = Server::new().await;
    for parameters in [
        "query=query+A%7B__typename%7D&operationName=A",
        "query=query+A%7B__typename%7D&operationName=",
        "query=%7B__typename%7D&variables=&extensions=",
        "query=%7B__typename%7D&variables=%7B%7D&extensions=%7B%22a%22%3A1%7D",
        "query=%7B__typename%7D&variables=null",
        "query=query($a:Boolean%3Dfalse)%7B__typename+...@include(if:$a)%7Bb:__typename%7D%7D&variables=%7B%22a%22:false%7D",
        "query=%7B__typename%7D&other=1&other=2",
        "a&&query=%7B__typename%7D",
    ] {
        let answered = server.get(&format!("/graphql?{parameters}"), &[]).await;

        assert_eq!(answered.status, 200, "{parameters}: {}", answered.text());
        assert_eq!(answered.json()["data"]["__typename"], "Query");
    }
}

#[tokio::test]
async fn members_that_are_null_or_unknown_are_let_be() {
    let server = Server::new().await;
    for body in [
        r#"{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}"#,
        r#"{"query":"{__typename}","operationName":"","variables":{},"extensions":{"a":[1]}}"#,
        r#"{"query":"{__typename}","id":7,"documentId":null}"#,
        "\r\n {\"query\":\"query A{__typename} query B{a:__typename}\",\"operationName\":\"A\"} \n",
    ] {
        let answered = server.post(body).await;

        assert_eq!(answered.status, 200, "{body}: {}", answered.text());
        assert_eq!(answered.json()["data"]["__typename"], "Query");
    }
}
#[tokio::test]
async fn a_document_that_can_not_be_answered_is_a_coded_error_without_data() {
    let server = Server::new().await;
    for (document, operation, status, code) in [
        ("{", None, 400, "GRAPHQL_PARSE_FAILED"),
        ("{ }", None, 400, "GRAPHQL_PARSE_FAILED"),
        (
            "{ nothingOfTheKind }",
            None,
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "query A($a: Int!) { __typename @skip(if: $a) }",
            None,
            422,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "query A { __typename }",
            Some("B"),
            422,
            "OPERATION_NOT_FOUND",
        ),
        ("{ __typename }", Some("B"), 422, "OPERATION_NOT_FOUND"),
        (
            "query A { __typename } query B { __typename }",
            None,
            422,
            "OPERATION_NOT_FOUND",
        ),
    ] {
        let body = json!({ "query": document, "operationName": operation });

        let answered = server.post(body.to_string()).await;

        assert_eq!(answered.status, status, "{document}");
        assert_eq!(answered.header("content-type"), OURS);
        assert_eq!(answered.code(), code, "{document}");
        assert_eq!(answered.json().get("data"), None, "{document}");
    }
}
