//! How a test asks: on each engine, with its statements counted.

use chrono::Duration;
use insta::assert_json_snapshot;
use sea_orm::ConnectionTrait;
use support::{NOW, TestApp, cluster};

#[tokio::test]
async fn a_snapshot_is_asserted_on_each_engine() {
    TestApp::on_each_engine(async |app| {
        let answer = app.query("{ kind: __typename }").await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "kind": "Query"
        }
        "#);
        assert_eq!(answer.statements, 0);
    })
    .await;
}

#[tokio::test]
async fn an_error_has_its_place_in_an_answer() {
    TestApp::on_each_engine(async |app| {
        let answer = app.query("{ nothingOfThatName }").await;

        assert!(answer.data.is_null());
        assert!(answer.message().unwrap().contains("nothingOfThatName"));
    })
    .await;
}

#[tokio::test]
async fn a_client_asks_over_http() {
    TestApp::on_each_engine(async |app| {
        let reply = app.client().query("{ __typename }").await;

        assert_eq!(reply.status, 200);
        assert_eq!(reply.json()["data"]["__typename"], "Query");
        assert_eq!(reply.code(), None);
    })
    .await;
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own() {
    TestApp::on_each_engine(async |app| {
        let other = TestApp::on(app.engine()).await;
        let insert = "INSERT INTO publication_locales (tag, position) VALUES ('en', 1)";
        app.database()
            .writer()
            .execute_unprepared(insert)
            .await
            .unwrap();

        let deleted = other
            .database()
            .writer()
            .execute_unprepared("DELETE FROM publication_locales");

        assert_eq!(deleted.await.unwrap().rows_affected(), 0);
        other.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_clock_moves_when_a_test_moves_it() {
    TestApp::on_each_engine(async |app| {
        assert_eq!(
            app.clock().now(),
            NOW.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        );

        app.clock().advance(Duration::hours(1));

        assert_eq!(app.clock().now().to_rfc3339(), "2021-03-10T13:00:00+00:00");
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "the very assertion")]
async fn a_test_that_fails_on_one_engine_fails() {
    TestApp::on_each_engine(async |app| {
        assert_ne!(
            Some(&app.engine()),
            cluster::engines().last(),
            "the very assertion"
        );
    })
    .await;
}
