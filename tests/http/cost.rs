//! What a request costs, told to those who ask.

use serde_json::json;

use super::Server;

const QUERY: &str = r#"{"query":"query($size: Int) { topics(first: $size) { nodes { slug } } }"#;

fn asked(size: u32) -> String {
    format!(r#"{QUERY}","variables":{{"size":{size}}}}}"#)
}

#[tokio::test]
async fn the_cost_is_told_to_whoever_asks_for_it() {
    let server = Server::new().await;
    let headers = [("content-type", "application/json"), ("masthead-cost", "1")];
    for (size, cost) in [(10, 21), (20, 41), (10, 21)] {
        let answered = server
            .send(axum::http::Method::POST, "/graphql", &headers, asked(size))
            .await;

        assert_eq!(answered.status, 200);
        let told = json!({ "requested": cost, "limit": 50_000 });
        assert_eq!(answered.json()["extensions"]["cost"], told);
        assert_eq!(
            answered.header("masthead-cost"),
            format!("{cost};limit=50000")
        );
        assert_eq!(answered.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn nobody_else_is_told() {
    let server = Server::new().await;

    let before = server.post(asked(10)).await;
    let headers = [("content-type", "application/json"), ("masthead-cost", "1")];
    server
        .send(axum::http::Method::POST, "/graphql", &headers, asked(10))
        .await;
    let after = server.post(asked(10)).await;

    for answered in [before, after] {
        assert_eq!(answered.json().get("extensions"), None);
        assert_eq!(answered.header("masthead-cost"), "");
    }
}

#[tokio::test]
async fn a_request_beyond_the_limit_is_told_its_cost_and_where() {
    let server = Server::with(|_, app| app.limits.complexity = 100).await;

    let answered = server
        .post(
            r#"{"query":"{ small: topics(first: 1) { totalCount } large: topics(first: 100) { nodes { slug } } topics { totalCount } }"}"#,
        )
        .await;

    assert_eq!(answered.status, 422);
    let error = &answered.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "QUERY_TOO_COMPLEX");
    assert_eq!(error["extensions"]["limit"], 100);
    assert_eq!(error["extensions"]["value"], 224);
    assert_eq!(error["extensions"]["field"], "large");
    assert_eq!(error["locations"], json!([{ "line": 1, "column": 42 }]));
}
