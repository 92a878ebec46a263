//! What is made to be expensive: refused or answered within the limits, each in
//! well under a second, and everybody else is answered as before.

use std::fs::read_to_string;

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use super::{Answered, Server};

/// How much time the processor may spend on one of them, in milliseconds. A
/// test's program is ten to thirty times as slow as the one that is shipped.
const MOST: u64 = 4000;

/// How long this thread was on a processor, in milliseconds; the test has one
/// thread. Where the system does not say, none.
fn busy() -> u64 {
    let told = read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told
        .split(' ')
        .next()
        .and_then(|text| text.parse::<u64>().ok());
    nanoseconds.unwrap_or_default() / 1_000_000
}

/// Post this text, and see that the next request is answered; with how long it
/// kept the processor busy.
async fn post(server: &Server, name: &str, body: String) -> (Answered, u64) {
    let before = busy();
    let answered = server.post(body).await;
    let spent = busy() - before;

    let next = server
        .post(r#"{"query":"{ latestIssue { number } }"}"#)
        .await;
    assert_eq!(next.status, 200, "after {name}");
    (answered, spent)
}

fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}

fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(" ")
}

/// Documents, and the code that each is answered with; none for those that are
/// within the limits.
fn documents() -> Vec<(&'static str, String, Option<&'static str>)> {
    vec![
        (
            "1,000 aliases",
            format!("{{ {} }}", many(1000, |n| format!("a{n}: __typename"))),
            Some("TOO_MANY_ALIASES"),
        ),
        (
            "circular fragments",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "10,000 repeated fields",
            format!("{{ latestIssue {{ {} }} }}", "number ".repeat(10_000)),
            Some("TOO_MANY_TOKENS"),
        ),
        (
            "as many repeated fields as tokens",
            format!("{{ latestIssue {{ {} }} }}", "number ".repeat(4990)),
            None,
        ),
        (
            "repeated lists at the root",
            format!("{{ {} }}", "articles { totalCount } ".repeat(1000)),
            Some("TOO_MANY_ROOT_FIELDS"),
        ),
        (
            "lists in lists",
            format!("{{ articles(locales: {}1{}) {{ totalCount }} }}", "[".repeat(50_000), "]".repeat(50_000)),
            Some("QUERY_TOO_DEEP"),
        ),
        (
            "pages of pages of pages",
            "{ articles(first: 100) { nodes { issue { articles(first: 100) { nodes { topic { articles(first: 100) { nodes { key } } } } } } } } }".to_owned(),
            Some("QUERY_TOO_COMPLEX"),
        ),
        (
            "one fragment over and over",
            format!(
                "{{ {} }} fragment f on Issue {{ {} }}",
                many(20, |_| "latestIssue { ...f ...f ...f ...f ...f }".to_owned()),
                "number ".repeat(400)
            ),
            None,
        ),
        (
            "overlapping fields in many sets",
            format!(
                "{{ latestIssue {{ {} }} }} {}",
                many(20, |n| format!("...f{n}")),
                many(20, |n| {
                    let next = many(20, |step| format!("next {{ ...g }} n{}: number", (n + step) % 40));
                    format!("fragment f{n} on Issue {{ {next} }}")
                }) + " fragment g on Issue { number slug title }"
            ),
            Some("TOO_MANY_ALIASES"),
        ),
        (
            "overlapping fields, each with other arguments",
            format!(
                "{{ latestIssue {{ {} }} }}",
                many(380, |n| format!("articles(first: {n}) {{ totalCount }}"))
            ),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "inline fragments in inline fragments",
            format!(
                "{{ latestIssue {{ {} {} {} }} }}",
                "... on Issue { number ".repeat(55),
                "number ".repeat(3000),
                "} ".repeat(55)
            ),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "a chain of fragments",
            format!(
                "{{ ...f0 }} {} fragment f600 on Query {{ __typename }}",
                many(600, |n| format!("fragment f{n} on Query {{ ...f{} }}", n + 1))
            ),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "fragments that double",
            format!(
                "{{ latestIssue {{ ...f0 }} }} {} fragment f40 on Issue {{ number }}",
                many(40, |n| format!("fragment f{n} on Issue {{ ...f{0} ...f{0} }}", n + 1))
            ),
            Some("QUERY_TOO_COMPLEX"),
        ),
        (
            "fragments that double, and end nowhere",
            format!(
                "{{ latestIssue {{ ...f0 }} }} {}",
                many(30, |n| format!("fragment f{n} on Issue {{ ...f{0} ...f{0} }}", n + 1))
            ),
            Some("QUERY_TOO_COMPLEX"),
        ),
        (
            "thousands of unknown fields",
            format!("{{ latestIssue {{ {} }} }}", many(4900, |n| format!("nubmer{n}"))),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "unknown arguments",
            format!("{{ articles({}) {{ totalCount }} }}", many(1600, |n| format!("frist{n}: 1"))),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        (
            "hundreds of directives",
            format!("{{ latestIssue {{ number {} }} }}", "@include(if: true) ".repeat(400)),
            Some("TOO_MANY_DIRECTIVES"),
        ),
        (
            "hundreds of operations on one fragment",
            format!(
                "{} fragment f on Query {{ {} }}",
                many(300, |n| format!("query q{n}($a: Int) {{ ...f }}")),
                "articles(first: $a) { totalCount } ".repeat(15)
            ),
            Some("OPERATION_NOT_FOUND"),
        ),
        (
            "a thousand variables",
            format!("query({}) {{ __typename }}", many(1000, |n| format!("$a{n}: Int"))),
            Some("GRAPHQL_VALIDATION_FAILED"),
        ),
        ("null bytes", "{ latestIssue\0 { number } }\0".to_owned(), Some("GRAPHQL_PARSE_FAILED")),
        (
            "a null byte in a text",
            "{ search(query: \"a\\u0000b\") { totalCount } }".to_owned(),
            None,
        ),
        (
            "a quarter of a megabyte of comment",
            format!("{{ __typename }} # {}", "x".repeat(250_000)),
            None,
        ),
        (
            "the schema, over and over",
            format!(
                "{{ __schema {{ {} }} }}",
                "types { fields { type { fields { type { fields { type { fields { name } } } } } } } }".repeat(3)
            ),
            None,
        ),
    ]
}

#[tokio::test]
async fn documents_that_are_made_to_be_expensive_are_not() {
    let server = Server::new().await;
    let mut wrong = Vec::new();
    for (name, document, code) in documents() {
        for _ in 0..2 {
            let (answered, spent) = post(&server, name, query(&document)).await;

            let told = answered.code();
            let errors = answered.json()["errors"].as_array().map_or(0, Vec::len);
            let is_right = told == code.unwrap_or_default()
                && spent < MOST
                && answered.body.len() < 1_000_000
                && errors <= 20;
            if !is_right {
                let message = answered.message();
                wrong.push(format!(
                    "{name}: {spent} ms, {errors} errors, {told}: {message}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn variables_that_are_made_to_be_expensive_are_not() {
    let server = Server::new().await;
    let text = "query($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }";
    let list = |count: usize| json!({ "position": { "in": vec![1; count] } });
    let mut wrong = Vec::new();
    let nested = |depth: usize| {
        (0..depth).fold(
            json!({}),
            |inner, _| json!({ "and": [inner, inner.clone()] }),
        )
    };
    for (name, filter, code) in [
        ("a long list", list(100_000), "INVALID_VALUE"),
        ("a filter that doubles", nested(12), "FILTER_TOO_LARGE"),
        (
            "a long text",
            json!({ "slug": { "eq": "x".repeat(250_000) } }),
            "INVALID_VALUE",
        ),
        (
            "a null byte",
            json!({ "title": { "contains": "a\u{0}b" } }),
            "INVALID_VALUE",
        ),
        (
            "unknown names",
            (0..10_000)
                .map(|n| (format!("a{n}"), Value::Null))
                .collect(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ] {
        let body = json!({ "query": text, "variables": { "filter": filter } }).to_string();

        let (answered, spent) = post(&server, name, body).await;

        let told = answered.code();
        if spent > MOST || told != code {
            let message = answered.message();
            wrong.push(format!("{name}: {spent} ms, {told}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn requests_that_are_none_are_refused() {
    let server = Server::new().await;
    let deep = "[".repeat(100_000);
    for (name, body, status) in [
        (
            "a batch",
            format!("[{}]", vec![query("{ __typename }"); 1000].join(",")),
            422,
        ),
        ("lists without end", deep, 422),
        ("a large body", "x".repeat(2_000_000), 413),
        ("null bytes", "\0".repeat(1000), 400),
    ] {
        let (answered, spent) = post(&server, name, body).await;

        assert_eq!(answered.status, status, "{name}");
        assert!(spent < MOST, "{name}: {spent} ms");
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answered = server
        .send(
            Method::POST,
            "/graphql",
            &form,
            Body::from("query=%7B__typename%7D"),
        )
        .await;
    assert_eq!(answered.status, 415);
}
