//! One order, whoever writes: no hole, no way back.

use chrono::{DateTime, Duration, Utc};
use masthead::audit::Actor;
use masthead::change_log::{self, Change, NewEntry, Position, Thing};
use masthead::clock::Clock;
use masthead::content::language::Translated;
use masthead::content::writing::{Patience, Writing};
use masthead::database::Database;
use sea_orm::{ConnectionTrait, TransactionTrait};
use support::TestApp;
use support::seed::topic;
use tokio::task::JoinSet;

use super::{entries, other, position, told};

#[tokio::test]
async fn positions_become_visible_in_order_however_many_write() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").only_in(["en"])).await;
        let before = position(app).await;
        let mut writers = JoinSet::new();
        for _ in 0..3 {
            // As another process has it.
            let database = other(app).await;
            for _ in 0..4 {
                writers.spawn(rewrite(database.clone(), app.clock().now()));
            }
        }

        let mut seen = Vec::new();
        let mut last = before;
        while !writers.is_empty() {
            while let Some(ended) = writers.try_join_next() {
                ended.unwrap();
            }
            let new = entries(app, last).await;
            seen.extend(new.iter().map(|entry| entry.position.get() - before.get()));
            last = new.last().map_or(last, |entry| entry.position);
        }
        let rest = entries(app, last).await;
        seen.extend(rest.iter().map(|entry| entry.position.get() - before.get()));

        assert_eq!(seen, (1..=3 * 4 * WRITES).collect::<Vec<i64>>());
    })
    .await;
}

#[tokio::test]
async fn appends_wait_for_each_other_without_any_other_lock() {
    TestApp::on_each_engine(async |app| {
        let mut writers = JoinSet::new();
        for writer in 0..6 {
            let database = other(app).await;
            writers.spawn(async move {
                for number in 0..10 {
                    let tx = database.writer().begin().await.unwrap();
                    let entries = vec![entry(writer), entry(writer)];
                    change_log::append(&tx, entries, time(writer, number))
                        .await
                        .unwrap();
                    tx.commit().await.unwrap();
                }
                database.close().await;
            });
        }

        writers.join_all().await;

        let entries = entries(app, Position::START).await;
        let positions: Vec<i64> = entries.iter().map(|entry| entry.position.get()).collect();
        assert_eq!(positions, (1..=120).collect::<Vec<i64>>());
        // What is appended together stays together.
        for pair in entries.chunks(2) {
            assert_eq!(pair[0].told, pair[1].told);
        }
        assert!(entries.is_sorted_by_key(|entry| entry.happened_at));
    })
    .await;
}

#[tokio::test]
async fn a_writer_that_ends_before_its_commit_leaves_no_hole() {
    TestApp::on_each_engine(async |app| {
        let append = async |id: i64| {
            let tx = app.database().writer().begin().await.unwrap();
            let entries = vec![entry(id)];
            let position = change_log::append(&tx, entries, app.clock().now()).await;
            (tx, position.unwrap())
        };
        let (kept, first) = append(1).await;
        kept.commit().await.unwrap();

        let (dropped, lost) = append(2).await;
        drop(dropped);
        let (kept, second) = append(3).await;
        kept.commit().await.unwrap();

        assert_eq!(lost, second);
        let entries = entries(app, Position::START).await;
        let left: Vec<_> = entries
            .iter()
            .map(|entry| (entry.position, entry.told.id))
            .collect();
        assert_eq!(left, [(first, 1), (second, 3)]);
    })
    .await;
}

#[tokio::test]
async fn a_write_that_is_dropped_before_its_commit_tells_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").only_in(["en"])).await;
        let before = position(app).await;
        let mut writing = app.writing().await;
        raise(&writing).await;
        writing.touch(Translated::Topic, 1);

        drop(writing);

        assert_eq!(position(app).await, before);
        app.seed(topic("water").only_in(["en", "be"])).await;
        assert_eq!(told(app, before).await, ["PUBLISHED TOPIC water be"]);
    })
    .await;
}

#[tokio::test]
async fn times_never_go_back_though_the_clock_does() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").only_in(["en"])).await;
        let first = app.clock().now();

        app.clock().advance(Duration::hours(-3));
        app.seed(topic("roads").only_in(["en"])).await;
        app.clock().advance(Duration::hours(4));
        app.seed(topic("trade").only_in(["en"])).await;

        let entries = entries(app, Position::START).await;
        let times: Vec<DateTime<Utc>> = entries.iter().map(|entry| entry.happened_at).collect();
        assert!(times.is_sorted());
        assert_eq!(times.first(), Some(&first));
        assert_eq!(times.last(), Some(&(first + Duration::hours(1))));
    })
    .await;
}

/// How often each writer writes.
const WRITES: i64 = 5;

/// Write the first topic, again and again.
async fn rewrite(database: Database, now: DateTime<Utc>) {
    for _ in 0..WRITES {
        let actor = Actor::command_line();
        let begun = Writing::begin(&database, actor, &Clock::at(now), Patience::Short).await;
        let mut writing = begun.unwrap();
        raise(&writing).await;
        writing.touch(Translated::Topic, 1);
        writing.commit().await.unwrap();
    }
}

async fn raise(writing: &Writing) {
    let raise = "UPDATE topics SET version = version + 1 WHERE id = 1";
    writing.tx().execute_unprepared(raise).await.unwrap();
}

fn entry(id: i64) -> NewEntry {
    NewEntry {
        thing: Thing::Topic,
        id,
        locale: Some("en".to_owned()),
        change: Change::Updated,
        slug: Some("water".to_owned()),
        key: Some("water".to_owned()),
        issue_id: None,
        topic_id: None,
    }
}

/// No two writers agree on the time.
fn time(writer: i64, number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(writer * 1000 - number, 0).unwrap()
}
