//! What is answered when the server can't do its part.

use std::time::Duration;

use super::Server;

const QUERY: &str = r#"{"query":"{ latestIssue { number } }"}"#;

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let server = Server::with(|options, app| {
        options.busy_timeout = Duration::from_millis(200);
        app.limits.timeout = Duration::from_millis(50);
    })
    .await;
    let held = server.all_connections().await;

    let answered = server.post(QUERY).await;

    assert_eq!(answered.status, 503);
    assert_eq!(
        answered.text(),
        r#"{"errors":[{"message":"the answer took longer than 50ms; ask for less","extensions":{"code":"TIMEOUT"}}]}"#
    );

    drop(held);
    assert_eq!(server.post(QUERY).await.status, 200);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_a_fault_that_passes() {
    let server = Server::with(|options, _| options.busy_timeout = Duration::from_millis(200)).await;
    let held = server.all_connections().await;

    let in_part = server
        .post(r#"{"query":"{ __typename latestIssue { number } }"}"#)
        .await;
    let nothing = server.post(QUERY).await;
    let not_even_null = server
        .post(r#"{"query":"{ articles { totalCount } }"}"#)
        .await;

    for (answered, status) in [(in_part, 294), (nothing, 503), (not_even_null, 503)] {
        assert_eq!(answered.status, status, "{}", answered.text());
        assert_eq!(answered.code(), "DATABASE_UNAVAILABLE");
        assert_eq!(answered.header("retry-after"), "5");
        let id = &answered.json()["errors"][0]["extensions"]["requestId"];
        assert_eq!(id, answered.header("x-request-id"));
    }

    drop(held);
    assert_eq!(server.post(QUERY).await.status, 200);
}

#[tokio::test]
async fn a_database_without_its_tables_is_a_fault_without_its_cause() {
    let server = Server::without_tables().await;

    let answered = server.post(QUERY).await;

    assert_eq!(answered.code(), "INTERNAL");
    assert_eq!(answered.message(), "internal error");
    assert!(!answered.text().contains("table"), "{}", answered.text());
}
