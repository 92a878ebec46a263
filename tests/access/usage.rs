//! What keys were used for: when last, how often, at what cost.

use chrono::Duration;
use masthead::access::{Role, Usage};
use masthead::administration::api_key::all;
use masthead::administration::api_key::used_since;
use sea_orm::{ConnectionTrait as _, DbErr};
use support::{NOW, TestApp};

async fn write(app: &TestApp) -> Result<(), DbErr> {
    let now = app.clock().now();
    app.app().usage.write(app.database(), now).await
}

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

        write(app).await.unwrap();

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
        let usage = &app.app().usage;
        usage.note(id, 0, now);
        write(app).await.unwrap();

        usage.note(id, 0, now - Duration::seconds(5));
        write(app).await.unwrap();

        assert_eq!(written(app).await, Some(now.to_rfc3339()));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_of_keys_that_nobody_used() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let before = app.database().statements();

        write(app).await.unwrap();

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

        write(app).await.unwrap();

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
        let usage = &app.app().usage;
        usage.note(id, 0, now);
        let db = app.database().writer();
        let rename = |from, to| format!("ALTER TABLE {from} RENAME TO {to}");
        let away = rename("api_keys", "away");
        db.execute_unprepared(&away).await.unwrap();

        let failed = write(app).await;

        let back = rename("away", "api_keys");
        db.execute_unprepared(&back).await.unwrap();
        write(app).await.unwrap();
        assert!(failed.is_err());
        assert_eq!(written(app).await, Some(now.to_rfc3339()));
    })
    .await;
}

/// What the only key was used for on each day, as the database has it: day,
/// requests, cost, refused.
async fn days(app: &TestApp) -> Vec<(String, i64, i64, i64)> {
    let id = all(app.database()).await.unwrap()[0].id;
    let since = app.clock().now().date_naive() - chrono::Days::new(4000);
    let used = used_since(app.database(), &[id], since).await.unwrap();
    let days = used.get(&id).into_iter().flatten();
    days.map(|day| (day.day.to_string(), day.requests, day.cost, day.refused))
        .collect()
}

#[tokio::test]
async fn requests_and_their_cost_are_counted_by_day_also_those_from_the_cache() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let bearer = format!("Bearer {key}");
        let client = app.client();
        for _ in 0..3 {
            client
                .query_by(&bearer, "{ topics { nodes { slug } } }")
                .await;
        }
        write(app).await.unwrap();
        client
            .query_by(&bearer, "{ topics { nodes { slug } } }")
            .await;
        write(app).await.unwrap();
        app.clock().advance(Duration::days(1));
        client.query_by(&bearer, "{ __typename }").await;
        write(app).await.unwrap();

        let days = days(app).await;

        let (today, before) = (&days[0], &days[1]);
        assert_eq!((today.0.as_str(), today.1), ("2021-03-11", 1));
        assert_eq!((before.0.as_str(), before.1), ("2021-03-10", 4));
        // 41 each, and once the reading of the text.
        assert!((4 * 41..5 * 41).contains(&before.2), "{before:?}");
    })
    .await;
}

#[tokio::test]
async fn what_two_processes_write_is_added_up() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let id = all(app.database()).await.unwrap()[0].id;
        let now = app.clock().now();
        let other = Usage::default();
        let own = &app.app().usage;
        for usage in [own, &other] {
            usage.note(id, 0, now);
            usage.take(id, None, 100, now).unwrap();
        }

        own.write(app.database(), now).await.unwrap();
        other.write(app.database(), now).await.unwrap();
        other.write(app.database(), now).await.unwrap();

        let day = now.date_naive().to_string();
        assert_eq!(days(app).await, [(day, 2, 200, 0)]);
    })
    .await;
}

#[tokio::test]
async fn a_quota_counts_what_other_processes_have_written() {
    TestApp::on_each_engine(async |app| {
        app.make_key("site", Role::Reader, &[]).await;
        let id = all(app.database()).await.unwrap()[0].id;
        let now = app.clock().now();
        let (one, two) = (Usage::default(), Usage::default());
        let quota = Some(1000);
        let left = |usage: &Usage| usage.left(id, quota, now).unwrap().units;
        one.take(id, quota, 700, now).unwrap();
        one.note(id, 0, now);
        two.take(id, quota, 200, now).unwrap();
        two.note(id, 0, now);
        let before = [left(&one), left(&two)];

        one.write(app.database(), now).await.unwrap();
        two.write(app.database(), now).await.unwrap();
        let after = [left(&one), left(&two)];
        // As a request tells that reads what is written.
        one.note(id, 900, now);

        assert_eq!(before, [300, 800]);
        assert_eq!(after, [300, 100]);
        assert_eq!(left(&one), 100);
        assert_eq!(one.take(id, quota, 101, now).unwrap_err().units, 100);
        assert!(one.take(id, quota, 100, now).is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_was_used_long_ago_is_forgotten() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let bearer = format!("Bearer {key}");
        for days in [0, 1, 400] {
            app.clock().advance(Duration::days(days));
            app.client().query_by(&bearer, "{ __typename }").await;
            write(app).await.unwrap();
        }

        let kept: Vec<String> = days(app).await.into_iter().map(|day| day.0).collect();

        assert_eq!(kept, ["2022-04-15", "2021-03-11"]);
    })
    .await;
}
