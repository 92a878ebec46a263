//! What is given while the database does not answer.

use std::time::Duration;

use masthead::change_log::Position;
use support::TestApp;
use support::seed::{article, issue};

const ASKED: &str = "{ articles { nodes { slug } } }";

#[tokio::test]
async fn what_is_kept_is_given_and_all_else_is_to_be_asked_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with([article("one")])).await;
        let client = app.client();
        let known = client.query(ASKED).await;
        app.database().clone().close().await;

        let fresh = client.query(ASKED).await;
        // It was heard that something changed, but not what.
        let next = app.database().head().position().get() + 1;
        app.database().head().advance(Position::new(next));
        let stale = client.query(ASKED).await;
        let unknown = client.query("{ latestIssue { slug } }").await;

        assert_eq!(fresh.header("cache-status"), "masthead; hit");
        assert_eq!(stale.header("cache-status"), "masthead; hit; detail=stale");
        // It was purged already, and nobody would do that again.
        assert_eq!(stale.header("cache-control"), "no-store");
        assert_eq!(stale.header("surrogate-key"), "");
        for reply in [fresh, stale] {
            assert_eq!(reply.status, 200);
            assert_eq!(reply.body, known.body);
        }
        assert_eq!(unknown.status, 503, "{}", unknown.text());
        assert_eq!(unknown.code().as_deref(), Some("DATABASE_UNAVAILABLE"));
        assert_eq!(unknown.header("retry-after"), "5");
        assert_eq!(unknown.header("cache-control"), "no-store");
    })
    .await;
}

#[tokio::test]
async fn what_is_too_old_is_not_given_for_a_new_answer() {
    let briefly = |app: &mut masthead::app::App| app.policy.stale_if_error = Duration::ZERO;
    TestApp::on_each_engine_with(briefly, async |app| {
        app.seed(issue(1).with([article("one")])).await;
        let client = app.client();
        client.query(ASKED).await;
        app.database().clone().close().await;
        let next = app.database().head().position().get() + 1;
        app.database().head().advance(Position::new(next));

        let reply = client.query(ASKED).await;

        assert_eq!(reply.status, 503);
    })
    .await;
}
