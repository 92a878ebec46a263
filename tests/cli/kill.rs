//! A process that is killed in the middle of a write: all of it is there
//! afterwards, or nothing.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use masthead::access::Role;
use masthead::change_log::Position;
use serde_json::{Value, json};
use support::TestApp;
use tokio::time::timeout;

use super::ask::{ask, try_change};
use super::{Process, masthead, run};
use crate::change_log;

/// How often a process is killed, each time later in its work.
const ROUNDS: u32 = 6;

const ARTICLES: usize = 60;

/// What all articles are called, by turns.
const TITLES: [&str; 2] = ["Ice", "Snow"];

#[tokio::test]
async fn of_an_import_that_is_killed_all_is_there_or_nothing() {
    TestApp::on_each_engine(async |app| {
        let folder = tempfile::tempdir().unwrap();
        let import = |title: &str| {
            let file = folder.path().join(title);
            std::fs::write(&file, records(title, true)).unwrap();
            let mut import = masthead(folder.path());
            import
                .env("DATABASE_URL", app.url())
                .arg("import")
                .arg(file)
                .stdout(Stdio::null());
            import
        };
        assert_eq!(run(&mut import(TITLES[0])).status, 0);
        let begun = Instant::now();
        assert_eq!(run(&mut import(TITLES[1])).status, 0);
        let takes = begun.elapsed();

        let (mut present, mut cut) = (1, 0);
        for round in 0..ROUNDS {
            let other = 1 - present;
            let ended = ends_within(import(TITLES[other]), takes * round / ROUNDS).await;
            // Whoever was killed holds nothing any more.
            drop(app.writing().await);

            let titles = titles(folder.path(), app.url());
            assert!(
                titles == [ARTICLES, 0] || titles == [0, ARTICLES],
                "{titles:?}"
            );
            if titles[other] > 0 {
                present = other;
            } else {
                assert!(!ended, "it ended, and brought nothing");
                cut += 1;
            }
            nothing_is_half_told(app).await;
        }
        assert!(cut > 0, "each ended before it was killed");
    })
    .await;
}

#[tokio::test]
async fn of_a_publication_that_is_killed_all_is_there_or_nothing() {
    TestApp::on_each_engine(async |app| {
        app.import(&records(TITLES[0], false)).await.unwrap();
        let key = app.make_key("chief", Role::Publisher, &[]).await;
        let mut server = Process::serve(&["--database-url", app.url()]);
        let begun = Instant::now();
        write(server.address, &key, "issuePublish").unwrap();
        let takes = begun.elapsed();
        write(server.address, &key, "issueUnpublish").unwrap();

        let mut cut = 0;
        for round in 0..ROUNDS {
            let (address, same_key) = (server.address, key.clone());
            let publish = move || write(address, &same_key, "issuePublish").is_ok();
            let mut publishing = tokio::task::spawn_blocking(publish);
            let answered = timeout(takes * round / ROUNDS, &mut publishing).await;
            server.signal("KILL");
            let is_told = match answered {
                Ok(told) => told.unwrap(),
                Err(_) => publishing.await.unwrap(),
            };
            server.end();
            drop(app.writing().await);

            server = Process::serve(&["--database-url", app.url()]);
            let shown = shown(&server);
            assert!(shown == 0 || shown == 2 * ARTICLES, "{shown}");
            if is_told {
                assert_eq!(shown, 2 * ARTICLES);
            } else {
                cut += 1;
            }
            nothing_is_half_told(app).await;
            if shown > 0 {
                write(server.address, &key, "issueUnpublish").unwrap();
            }
        }
        assert!(cut > 0, "each was answered before the server was killed");
    })
    .await;
}

/// Publish the issue, or take it back.
fn write(server: SocketAddr, key: &str, name: &str) -> std::io::Result<Value> {
    let issue = "{ issue(by: {number: 1}, states: [DRAFT, PUBLISHED]) { id factsVersion } }";
    let found = ask(server, Some(key), issue, &json!({}))?;
    let issue = &found["data"]["issue"];
    let input = json!({"issue": issue["id"], "expectedVersion": issue["factsVersion"]});
    try_change(server, key, name, &input, "issue { state }")
}

/// How many words of articles a reader is shown of the newest issue.
fn shown(server: &Process) -> usize {
    let query = "{ latestIssue(locales: [en, be]) { articles(first: 100) {
        nodes { translations { locale } } } } }";
    let answer = ask(server.address, None, query, &json!({})).unwrap();
    let nodes = answer["data"]["latestIssue"]["articles"]["nodes"].as_array();
    let nodes = nodes.into_iter().flatten();
    nodes
        .map(|article| article["translations"].as_array().unwrap().len())
        .sum()
}

/// Run a command for so long, and kill it then; whether it ended by itself.
async fn ends_within(command: Command, time: Duration) -> bool {
    let mut process = tokio::process::Command::from(command).spawn().unwrap();
    let Ok(ended) = timeout(time, process.wait()).await else {
        process.kill().await.unwrap();
        return false;
    };
    ended.unwrap().success()
}

/// How many articles are exported with each of the two titles.
fn titles(folder: &Path, url: &str) -> [usize; 2] {
    let exported = run(masthead(folder).env("DATABASE_URL", url).arg("export"));
    assert_eq!(exported.status, 0, "{}", exported.err);
    TITLES.map(|title| {
        let title = format!("\"title\":\"{title} ");
        exported
            .out
            .lines()
            .filter(|line| line.contains(&title))
            .count()
    })
}

/// The log has no hole, and tells what readers see.
async fn nothing_is_half_told(app: &TestApp) {
    let entries = change_log::entries(app, Position::START).await;
    let positions: Vec<i64> = entries.iter().map(|entry| entry.position.get()).collect();
    let head = change_log::position(app).await;
    assert_eq!(positions, (1..=head.get()).collect::<Vec<i64>>());
    // Nobody follows the log here, and others wrote.
    app.database().head().advance(head);
    app.forget_settings();
    change_log::rebuilds_what_is_published(app).await;
}

/// An issue of articles in two locales, all called the same.
fn records(title: &str, is_published: bool) -> String {
    let mut records = vec![
        json!({
            "kind": "publication", "format": 1, "name": {"en": "Week"}, "description": {},
            "locales": ["en", "be"], "defaultLocale": "en", "timeZone": "Europe/Minsk",
            "url": "https://example.org",
        }),
        json!({
            "kind": "topic", "slug": "water", "position": 1,
            "translations": {"en": {"name": "Water", "description": ""}},
        }),
        json!({
            "kind": "issue", "number": 1, "slug": "one", "startsOn": "2021-02-08",
            "endsOn": "2021-02-14", "translations": {"en": {}, "be": {}},
        }),
    ];
    if is_published {
        records[2]["publishedAt"] = json!("2021-02-15T09:00:00Z");
    }
    let words = |locale: &str, number: usize| {
        json!({
            "slug": format!("article-{number}"), "title": format!("{title} {number} {locale}"),
            "lead": "", "body": format!("{title} and *water*. ").repeat(20),
        })
    };
    records.extend((1..=ARTICLES).map(|number| {
        json!({
            "kind": "article", "key": format!("article-{number}"), "issue": 1,
            "position": number, "topic": "water", "authors": [], "originalLocale": "en",
            "translations": {"en": words("en", number), "be": words("be", number)},
        })
    }));
    records.iter().map(|record| format!("{record}\n")).collect()
}
