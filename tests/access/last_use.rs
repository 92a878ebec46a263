//! When keys were last used.

use chrono::Duration;
use masthead::access::Role;
use masthead::administration::api_key::all;
use sea_orm::ConnectionTrait as _;
use support::{NOW, TestApp};

/// When the only key was last used, as the database has it.
async fn written(app: &TestApp) -> Option<String> {
    let keys = all(app.database()).await.unwrap();
    keys[0].last_used_at.map(|time| time.to_rfc3339())
}

#[tokio::test]
async fn a_use_is_remembered_and_written_later() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let bearer = format!("Bearer {key}");
        let client = app.client();
        client.query_by(&bearer, "{ __typename }").await;
        app.clock().advance(Duration::seconds(30));
        client.query_by(&bearer, "{ __typename }").await;
        let before = written(app).await;

        app.app().last_uses.write(app.database()).await.unwrap();

        assert_eq!(before, None);
        let expected = NOW.replace("12:00:00Z", "12:00:30+00:00");
        assert_eq!(written(app).await, Some(expected));
    })
    .await;
}

#[tokio::test]
async fn an_earlier_use_of_another_process_changes_nothing() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let id = all(app.database()).await.unwrap()[0].id;
        let now = app.clock().now();
        let uses = &app.app().last_uses;
        uses.note(id, now);
        uses.write(app.database()).await.unwrap();

        uses.note(id, now - Duration::seconds(5));
        uses.write(app.database()).await.unwrap();

        assert_eq!(written(app).await, Some(now.to_rfc3339()));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_of_keys_that_nobody_used() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let before = app.database().statements();

        app.app().last_uses.write(app.database()).await.unwrap();

        assert_eq!(app.database().statements(), before);
    })
    .await;
}

#[tokio::test]
async fn an_invalid_key_is_no_use() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let wrong = format!("Bearer {key}x");
        app.client().query_by(&wrong, "{ __typename }").await;

        app.app().last_uses.write(app.database()).await.unwrap();

        assert_eq!(written(app).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_written_stays_remembered() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let id = all(app.database()).await.unwrap()[0].id;
        let now = app.clock().now();
        let uses = &app.app().last_uses;
        uses.note(id, now);
        let db = app.database().writer();
        let rename = |from, to| format!("ALTER TABLE {from} RENAME TO {to}");
        let away = rename("api_keys", "away");
        db.execute_unprepared(&away).await.unwrap();

        let failed = uses.write(app.database()).await;

        let back = rename("away", "api_keys");
        db.execute_unprepared(&back).await.unwrap();
        uses.write(app.database()).await.unwrap();
        assert!(failed.is_err());
        assert_eq!(written(app).await, Some(now.to_rfc3339()));
    })
    .await;
}
