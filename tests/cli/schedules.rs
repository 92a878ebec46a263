//! Schedules are done once: by several servers on one database, and by servers
//! that are killed and started again.

use std::hash::{BuildHasher as _, RandomState};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use masthead::change_log::Position;
use masthead::clock::Clock;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use support::seed::{Content, article, issue};
use support::{TestApp, cluster};

use super::Process;
use crate::change_log::told;

/// Longer than anything may take here; only a failure waits for it.
const BOUND: Duration = Duration::from_secs(60);

/// Approved words of this many articles in one issue that is published.
async fn seed(app: &TestApp, articles: usize) {
    let mut content = Content::from(issue(1).only_in(["en"]));
    for number in 0..articles {
        content.add(
            article(&format!("article-{number}"))
                .only_in(["en"])
                .in_review("en"),
        );
    }
    app.seed(content).await;
    execute(
        app,
        "UPDATE article_translations SET approved_by = 'editor', approved_at = $1",
        Clock::System.now(),
    )
    .await;
}

/// Let all words be published at `time`, as a key that schedules does.
async fn schedule(app: &TestApp, time: DateTime<Utc>) {
    execute(
        app,
        "INSERT INTO schedules (act, translation_id, local_at, due_at, made_at, made_by, state)
         SELECT 'PUBLISH', id, '2021-03-10T15:00:00', $1, $1, 'publisher', 'PENDING'
         FROM article_translations",
        time,
    )
    .await;
}

async fn execute(app: &TestApp, sql: &str, time: DateTime<Utc>) {
    let statement = Statement::from_sql_and_values(app.engine().backend(), sql, [time.into()]);
    app.database()
        .writer()
        .execute_raw(statement)
        .await
        .unwrap();
}

async fn count(app: &TestApp, what: &str) -> i64 {
    let select = format!("SELECT COUNT(*) AS count FROM {what}");
    let select = Statement::from_string(app.engine().backend(), select);
    let row = app.database().reader().query_one_raw(select).await.unwrap();
    row.unwrap().try_get("", "count").unwrap()
}

/// Wait until this many schedules are done.
async fn done(app: &TestApp, wanted: usize) {
    let begun = Instant::now();
    while count(app, "schedules WHERE state = 'DONE'").await < wanted as i64 {
        assert!(begun.elapsed() < BOUND, "they are not done");
        tokio::task::yield_now().await;
    }
}

/// Each of so many schedules was done, and told, once.
async fn each_is_done_once(app: &TestApp, articles: usize) {
    let audited = "(SELECT thing_id FROM audit_log WHERE operation = 'schedule'
        AND thing = 'Schedule' AND actor = 'publisher' GROUP BY thing_id) AS fired";
    assert_eq!(
        count(app, "schedules WHERE state = 'DONE'").await,
        articles as i64
    );
    assert_eq!(count(app, audited).await, articles as i64);
    assert_eq!(
        count(app, "audit_log WHERE operation = 'schedule'").await,
        articles as i64
    );
    let published = "audit_log WHERE operation = 'articleTranslationPublish'";
    assert_eq!(count(app, published).await, articles as i64);
    assert_eq!(
        count(app, "article_translations WHERE version = 2").await,
        articles as i64
    );
    let mut told = told(app, Position::START).await;
    told.retain(|entry| entry.contains(" ARTICLE "));
    let mut expected: Vec<String> = (0..articles)
        .map(|number| format!("PUBLISHED ARTICLE article-{number} en"))
        .collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
    let positions = "SELECT COUNT(*) AS count, MAX(position) AS last FROM change_log";
    let positions = Statement::from_string(app.engine().backend(), positions);
    let row = app.database().reader().query_one_raw(positions).await;
    let row = row.unwrap().unwrap();
    let (count, last): (i64, i64) = (
        row.try_get("", "count").unwrap(),
        row.try_get("", "last").unwrap(),
    );
    assert_eq!(count, last, "the log has no hole");
}

/// How many articles a server has.
fn articles_of(server: &Process) -> Value {
    let body = r#"{"query":"{ articles { totalCount } }"}"#;
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let answer: Value = serde_json::from_str(body).unwrap();
    answer["data"]["articles"]["totalCount"].clone()
}

#[tokio::test]
async fn two_processes_on_one_database_do_each_of_a_hundred_schedules_once() {
    for engine in cluster::engines() {
        let app = TestApp::on(engine).await;
        seed(&app, 100).await;
        let servers = [(); 2].map(|()| Process::serve(&["--database-url", app.url()]));

        schedule(&app, Clock::System.now() + chrono::Duration::seconds(1)).await;
        done(&app, 100).await;

        for server in &servers {
            assert_eq!(articles_of(server), 100);
        }
        each_is_done_once(&app, 100).await;
        drop(servers);
        app.end().await;
    }
}

#[tokio::test]
async fn servers_that_are_killed_in_the_middle_do_each_schedule_once_in_the_end() {
    for engine in cluster::engines() {
        let app = TestApp::on(engine).await;
        seed(&app, 60).await;
        // Long ago: the servers come late.
        schedule(&app, support::NOW.parse().unwrap()).await;
        let mut wanted = 0;

        for round in 0..5_u64 {
            let server = Process::serve(&["--database-url", app.url()]);
            wanted += 1 + RandomState::new().hash_one(round) as usize % 10;
            done(&app, wanted.min(60)).await;
            server.signal("KILL");
            assert_eq!(server.end(), None);
            wanted = wanted.max(count(&app, "schedules WHERE state = 'DONE'").await as usize);
        }
        let server = Process::serve(&["--database-url", app.url()]);
        done(&app, 60).await;

        assert_eq!(articles_of(&server), 60);
        each_is_done_once(&app, 60).await;
        drop(server);
        app.end().await;
    }
}
