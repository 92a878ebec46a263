//! Several processes on one database: each sees what the others write.

use std::time::Duration;

use masthead::change_log::{self, Position};
use masthead::database::{Database, Engine};
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::topic;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::{entries, other, position};

/// Longer than anything may take here; only a failure waits for it.
const BOUND: Duration = Duration::from_secs(20);

#[tokio::test]
async fn whoever_writes_is_woken_at_once_in_the_same_process() {
    TestApp::on_each_engine(async |app| {
        let waiting = app.database().head().clone();
        let waiting = tokio::spawn(async move { waiting.after(Position::START).await });

        app.seed(topic("water")).await;

        let woken = timeout(BOUND, waiting).await.unwrap().unwrap();
        assert_eq!(woken, position(app).await);
        assert_eq!(app.database().head().position(), woken);
    })
    .await;
}

#[tokio::test]
async fn another_process_sees_each_write_in_the_same_order() {
    TestApp::on_each_engine(async |app| {
        let second = other(app).await;
        let following = [follow(app.database()), follow(&second)];

        for slug in ["water", "roads", "trade"] {
            app.seed(topic(slug)).await;
            see(&second, position(app).await).await;
        }

        let read = change_log::read(second.reader(), Position::START, 100).await;
        assert_eq!(read.unwrap(), entries(app, Position::START).await);
        following.iter().for_each(JoinHandle::abort);
        second.close().await;
    })
    .await;
}

#[tokio::test]
async fn postgresql_wakes_other_processes_long_before_they_look() {
    TestApp::on_each_engine(async |app| {
        if app.engine() != Engine::Postgres {
            return;
        }
        let second = other(app).await;
        let following = follow(&second);
        app.seed(topic("begin")).await;
        see(&second, position(app).await).await;

        let took = ten_writes(app, &second).await;

        // To look once a second would take nine seconds at least.
        assert!(took < Duration::from_secs(5), "{took:?}");
        following.abort();
        second.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_listened_on_again() {
    TestApp::on_each_engine(async |app| {
        if app.engine() != Engine::Postgres {
            return;
        }
        let second = other(app).await;
        let following = follow(&second);
        app.seed(topic("begin")).await;
        see(&second, position(app).await).await;
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        let ended = app
            .database()
            .writer()
            .execute_unprepared(end)
            .await
            .unwrap();
        assert_eq!(ended.rows_affected(), 1);

        app.seed(topic("meanwhile")).await;
        see(&second, position(app).await).await;
        let took = ten_writes(app, &second).await;

        assert!(took < Duration::from_secs(5), "{took:?}");
        following.abort();
        second.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_not_heard_is_seen_all_the_same() {
    TestApp::on_each_engine(async |app| {
        let second = other(app).await;
        let following = follow(&second);
        app.seed(topic("water")).await;
        see(&second, position(app).await).await;

        // No append, so nobody is told.
        let grow = "UPDATE change_log_head SET position = position + 1";
        app.database()
            .writer()
            .execute_unprepared(grow)
            .await
            .unwrap();

        see(&second, position(app).await).await;
        following.abort();
        second.close().await;
    })
    .await;
}

/// Writes that each wait until the other process has seen the one before; how
/// long they took.
async fn ten_writes(app: &TestApp, other: &Database) -> Duration {
    let begun = Instant::now();
    for number in 0..10 {
        app.seed(topic(&format!("topic-{number}")).only_in(["en"]))
            .await;
        see(other, position(app).await).await;
    }
    begun.elapsed()
}

fn follow(database: &Database) -> JoinHandle<()> {
    tokio::spawn(change_log::follow(database.clone()))
}

/// Wait until a process knows of `position`.
async fn see(database: &Database, position: Position) {
    let before = Position::new(position.get() - 1);
    let seen = timeout(BOUND, database.head().after(before)).await.unwrap();
    assert_eq!(seen, position);
}
