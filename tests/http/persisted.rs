//! Documents by their hashes: Apollo's automatic persisted queries.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Answered, Server};

const OURS: &str = "application/graphql-response+json";
const TEXT: &str = "query Root { __typename }";
const METHODS: [Method; 3] = [Method::GET, Method::QUERY, Method::POST];

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The parameters of a request for the document of `text`, which is sent with
/// its hash or not.
fn named(text: &str, with_text: bool) -> Value {
    let hashed = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(text) } });
    if with_text {
        json!({ "query": text, "extensions": hashed })
    } else {
        json!({ "extensions": hashed })
    }
}

/// The path of a GET with these parameters.
fn path(parameters: &Value) -> String {
    let pair = |(name, value): (&String, &Value)| {
        let value = value.as_str().map_or(value.to_string(), str::to_owned);
        let encoded: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
        format!("{name}={encoded}")
    };
    let pairs: Vec<String> = parameters.as_object().unwrap().iter().map(pair).collect();
    format!("/graphql?{}", pairs.join("&"))
}

/// Ask with these parameters, in the URL or in the body as the method has it.
async fn ask(server: &Server, method: &Method, accept: &str, parameters: &Value) -> Answered {
    let accept = ("accept", accept);
    if method == Method::GET {
        return server.get(&path(parameters), &[accept]).await;
    }
    let headers = [("content-type", "application/json"), accept];
    let body = Body::from(parameters.to_string());
    server
        .send(method.clone(), "/graphql", &headers, body)
        .await
}

#[tokio::test]
async fn a_hash_will_do_once_its_document_was_sent_with_it_by_any_method() {
    for learning in &METHODS {
        let server = Server::new().await;
        for asking in &METHODS {
            let before = ask(&server, asking, OURS, &named(TEXT, false)).await;

            assert_eq!(before.status, 422, "{asking} before {learning}");
            assert_eq!(before.code(), "PERSISTED_QUERY_NOT_FOUND");
            assert_eq!(before.message(), "PersistedQueryNotFound");
            assert_eq!(before.header("cache-control"), "no-store");
        }

        let with_text = ask(&server, learning, OURS, &named(TEXT, true)).await;

        let data = json!({ "data": { "__typename": "Query" } });
        assert_eq!(with_text.json(), data, "{learning}");
        for asking in &METHODS {
            let after = ask(&server, asking, OURS, &named(TEXT, false)).await;

            assert_eq!(after.status, 200, "{asking} after {learning}");
            assert_eq!(after.json(), data);
            assert_eq!(after.header("cache-status"), "masthead; hit");
        }
    }
}

#[tokio::test]
async fn whoever_takes_plain_json_reads_of_an_unknown_document_with_status_200() {
    let server = Server::new().await;
    for (accept, status, media_type) in [
        (OURS, 422, OURS),
        (
            "application/graphql-response+json, application/json;q=0.9",
            422,
            OURS,
        ),
        (
            "application/graphql-response+json, application/json",
            200,
            "application/json",
        ),
        ("application/json", 200, "application/json"),
        ("*/*", 200, "application/json"),
    ] {
        for parameters in [named(TEXT, false), json!({ "documentId": "home" })] {
            let answered = ask(&server, &Method::POST, accept, &parameters).await;

            assert_eq!(answered.status, status, "{accept}");
            assert_eq!(answered.code(), "PERSISTED_QUERY_NOT_FOUND");
            assert_eq!(answered.header("cache-control"), "no-store");
            let expected = format!("{media_type}; charset=utf-8");
            assert_eq!(answered.header("content-type"), expected, "{accept}");
        }
    }
}

#[tokio::test]
async fn a_hash_that_is_not_that_of_its_document_is_refused() {
    let server = Server::new().await;
    let mut parameters = named(TEXT, true);
    parameters["query"] = json!("{ __typename }");
    for method in &METHODS {
        let refused = ask(&server, method, OURS, &parameters).await;

        assert_eq!(refused.status, 422);
        assert_eq!(refused.code(), "PERSISTED_QUERY_MISMATCH");
        let message = format!(
            "the hash \"{}\" is not that of the text sent with it",
            hash(TEXT)
        );
        assert_eq!(refused.message(), message);
        assert_eq!(refused.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_text_that_is_no_document_is_refused_and_not_kept() {
    let server = Server::new().await;
    for (text, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        (
            "{ ...A } fragment A on Query { ...A }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ] {
        let refused = ask(&server, &Method::POST, OURS, &named(text, true)).await;
        let after = ask(&server, &Method::POST, OURS, &named(text, false)).await;

        assert_eq!(refused.code(), code);
        assert_eq!(after.code(), "PERSISTED_QUERY_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_hash_comes_with_variables_and_the_name_of_an_operation() {
    let server = Server::new().await;
    let text = "query A($a: Boolean!) { a: latestIssue @skip(if: $a) { number } b: __typename } query B { b: __typename }";
    let mut parameters = named(text, true);
    parameters["operationName"] = json!("A");
    for method in &METHODS {
        for skipped in [true, false] {
            parameters["variables"] = json!({ "a": skipped });

            let answered = ask(&server, method, OURS, &parameters).await;

            let data = &answered.json()["data"];
            assert_eq!(data["b"], "Query", "{method}: {}", answered.text());
            assert_eq!(data.get("a").is_none(), skipped);
        }
        // From now on without its text.
        parameters.as_object_mut().unwrap().remove("query");
    }
}

#[tokio::test]
async fn a_hash_makes_no_mutation_of_a_method_that_only_reads() {
    let server = Server::new().await;
    let text = "mutation { __typename }";
    let posted = ask(&server, &Method::POST, OURS, &named(text, true)).await;
    assert_eq!(posted.status, 200);
    for method in [Method::GET, Method::QUERY] {
        let refused = ask(&server, &method, OURS, &named(text, false)).await;

        assert_eq!(refused.status, 405, "{method}");
        assert_eq!(refused.code(), "METHOD_NOT_ALLOWED");
        assert_eq!(refused.header("allow"), "POST");
    }
}

#[tokio::test]
async fn what_names_no_document_is_told_what_is_wrong_with_it() {
    let server = Server::new().await;
    let hashed = |members: Value| json!({ "extensions": { "persistedQuery": members } });
    let right = json!({ "version": 1, "sha256Hash": hash(TEXT) });
    for (parameters, message) in [
        (
            json!({}),
            "\"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        (
            json!({ "extensions": {} }),
            "\"query\" is missing: it must be a GraphQL document; or give a \"documentId\"",
        ),
        (
            hashed(json!(7)),
            "\"extensions.persistedQuery\" must be an object",
        ),
        (
            hashed(json!({})),
            "\"extensions.persistedQuery.version\" must be 1",
        ),
        (
            hashed(json!({ "version": 2, "sha256Hash": hash(TEXT) })),
            "\"extensions.persistedQuery.version\" must be 1",
        ),
        (
            hashed(json!({ "version": 1 })),
            "\"extensions.persistedQuery.sha256Hash\" must be a string",
        ),
        (
            hashed(json!({ "version": 1, "sha256Hash": "" })),
            "the hash \"\" is not SHA-256 in 64 hexadecimal digits",
        ),
        (
            hashed(json!({ "version": 1, "sha256Hash": "xyz" })),
            "the hash \"xyz\" is not SHA-256 in 64 hexadecimal digits",
        ),
        (
            json!({ "query": TEXT, "documentId": "a" }),
            "\"query\" and \"documentId\" don't go together: one of them names the document",
        ),
        (
            json!({ "documentId": "a", "extensions": { "persistedQuery": right } }),
            "\"documentId\" and \"extensions.persistedQuery\" don't go together: one of them names the document",
        ),
        (
            json!({ "documentId": "" }),
            "\"documentId\" is empty: it must be the id of a document",
        ),
        (
            json!({ "documentId": "sha256:xyz" }),
            "the hash \"xyz\" is not SHA-256 in 64 hexadecimal digits",
        ),
    ] {
        for method in &METHODS {
            let refused = ask(&server, method, OURS, &parameters).await;

            assert!(refused.message().ends_with(message), "{}", refused.text());
            assert_eq!(refused.code(), "BAD_REQUEST", "{method} {parameters}");
            assert!(refused.status.is_client_error());
            assert_eq!(refused.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn an_id_that_is_not_a_string_is_told_so() {
    let server = Server::new().await;

    let refused = server.post(r#"{"documentId":7}"#).await;

    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.message(),
        "the member \"documentId\" must be a string"
    );
}

#[tokio::test]
async fn a_browser_that_names_a_document_gets_its_answer_and_not_a_page() {
    let server = Server::new().await;
    ask(&server, &Method::POST, OURS, &named(TEXT, true)).await;
    let accept = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];

    let by_hash = server.get(&path(&named(TEXT, false)), &accept).await;
    let by_id = path(&json!({ "documentId": format!("sha256:{}", hash(TEXT)) }));
    let by_id = server.get(&by_id, &accept).await;

    for answered in [by_hash, by_id] {
        assert_eq!(answered.json()["data"]["__typename"], "Query");
    }
}
