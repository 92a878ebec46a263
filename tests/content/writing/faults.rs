//! Writers when something goes wrong: too many at once, a full disk, a clock
//! that goes back, texts that are too long.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join;
use masthead::access::Role;
use masthead::app::App;
use masthead::change_log::Position;
use masthead::database::{Database, Engine, Options};
use masthead::{http, schema};
use masthead_entities::audit_log;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use support::seed::{article, publication};
use support::{Client, Reply, TestApp};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::desk::Desk;
use crate::change_log::{self, position, told};
use crate::content::exchange::export;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_writers_at_once_each_is_done_once_or_told() {
    TestApp::on_each_engine(async |app| {
        app.seed(publication()).await;
        let desk = desk(app, Role::Editor).await;
        let before = position(app).await;
        let (stop, stopped) = watch::channel(false);
        let reading = tokio::spawn(read_on(Desk::reader(&app.client()), stopped));
        let count = match app.engine() {
            Engine::Sqlite => 1000,
            Engine::Postgres => 200,
        };

        let mut writers = JoinSet::new();
        for number in 0..count {
            let desk = desk.clone();
            writers.spawn(async move { (number, create_topic(&desk, number).await) });
        }
        let outcomes = writers.join_all().await;

        let mut done: Vec<String> = Vec::new();
        for (number, code) in outcomes {
            match code.as_deref() {
                None => done.push(format!("PUBLISHED TOPIC topic-{number} en")),
                Some("DATABASE_UNAVAILABLE") => {}
                Some(code) => panic!("{code}"),
            }
        }
        let mut told = told(app, before).await;
        done.sort();
        told.sort();
        assert!(!done.is_empty());
        assert_eq!(told, done);
        let deeds = audit_log::Entity::find()
            .filter(audit_log::Column::Operation.eq("topicCreate"))
            .count(app.database().reader());
        assert_eq!(deeds.await.unwrap(), done.len() as u64);
        stop.send(true).unwrap();
        assert!(reading.await.unwrap() > 1);
        change_log::nothing_is_untold(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_writer_whose_turn_does_not_come_is_told_and_may_ask_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(publication()).await;
        let key = app.make_key("desk", Role::Editor, &[]).await;
        let impatient = impatient(app).await;
        let desk = Desk::with_key(&client_of(&impatient), &key);
        let before = position(app).await;

        let held = impatient.turn().await.unwrap();
        let refused = send_topic(&desk, 1).await;
        drop(held);
        let again = create_topic(&desk, 1).await;

        assert_eq!(refused.status, 503, "{}", refused.text());
        assert_eq!(refused.code().as_deref(), Some("DATABASE_UNAVAILABLE"));
        assert_eq!(again, None);
        assert_eq!(told(app, before).await, ["PUBLISHED TOPIC topic-1 en"]);
        impatient.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_editors_at_once_one_is_stale_and_is_shown_what_the_other_wrote() {
    TestApp::on_each_engine(async |app| {
        let (desk, ice) = draft(app).await;
        let version = desk.read(&ice, "en", "version").await;
        let before = audited(app).await;
        let write = async |title: &str| {
            let input = json!({"article": ice, "locale": "en", "expectedVersion": version, "title": title});
            let selection = "article { title version } userErrors { code expectedVersion currentVersion }";
            desk.try_change("articleTranslationUpdate", input, selection).await
        };

        let (one, other) = join(write("Thin ice"), write("Thick ice")).await;

        let (done, stale) = match one["userErrors"] == json!([]) {
            true => (one, other),
            false => (other, one),
        };
        let version = version.as_i64().unwrap();
        assert_eq!(done["userErrors"], json!([]));
        assert_eq!(done["article"]["version"], version + 1);
        let error = json!([{"code": "STALE_VERSION", "expectedVersion": version, "currentVersion": version + 1}]);
        assert_eq!(stale, json!({"article": done["article"], "userErrors": error}));
        assert_eq!(audited(app).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let app = TestApp::on(Engine::Sqlite).await;
    let (desk, ice) = draft(&app).await;
    let (before, noted) = (export(&app).await, audited(&app).await);
    let head = position(&app).await;

    pages(&app, 1).await;
    let body = json!({"article": ice, "locale": "en", "expectedVersion": 1, "body": "ice ".repeat(200_000)});
    let refused = desk
        .send_change("articleTranslationUpdate", body.clone(), "article { id }")
        .await;

    assert_eq!(refused.status, 503, "{}", refused.text());
    assert_eq!(refused.code().as_deref(), Some("DATABASE_UNAVAILABLE"));
    assert_eq!(export(&app).await, before);
    assert_eq!(audited(&app).await, noted);
    assert_eq!(position(&app).await, head);
    pages(&app, 1_000_000).await;
    let again = desk
        .change("articleTranslationUpdate", body, "article { version }")
        .await;
    assert_eq!(again["article"]["version"], 2);
    app.end().await;
}

#[tokio::test]
async fn a_clock_that_goes_back_keeps_versions_and_the_log_in_order() {
    TestApp::on_each_engine(async |app| {
        let (desk, ice) = draft(app).await;
        let publisher = Desk::with_key(
            &app.client(),
            &app.make_key("chief", Role::Publisher, &[]).await,
        );

        for (step, hours) in [
            ("Submit", 1),
            ("Approve", -30),
            ("Publish", 2),
            ("Update", -70),
            ("Update", 5),
            ("Unpublish", -1),
        ] {
            app.clock().advance(TimeDelta::hours(hours));
            let title = match step {
                "Update" => json!({"title": format!("Ice after {hours} hours")}),
                _ => json!({}),
            };
            publisher.step(step, &ice, "en", title).await;
        }

        assert_eq!(desk.read(&ice, "en", "version").await, 7);
        let entries = change_log::entries(app, Position::START).await;
        let positions: Vec<i64> = entries.iter().map(|entry| entry.position.get()).collect();
        assert_eq!(
            positions,
            (1..=positions.len() as i64).collect::<Vec<i64>>()
        );
        assert!(entries.is_sorted_by_key(|entry| entry.happened_at));
        change_log::rebuilds_what_is_published(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_too_long_is_told_as_the_texts_or_the_requests_fault() {
    TestApp::on_each_engine(async |app| {
        let (desk, ice) = draft(app).await;
        let reader = Desk::reader(&app.client());
        let write = async |desk: &Desk, body: String| {
            let input = json!({"article": ice, "locale": "en", "expectedVersion": 1, "body": body});
            let selection = "userErrors { code field }";
            desk.send_change("articleTranslationUpdate", input, selection)
                .await
        };

        let long = write(&desk, "ж".repeat(2_000_001)).await;
        let huge = write(&desk, "x".repeat(10_000_000)).await;
        let nobodys = write(&reader, "x".repeat(300_000)).await;

        let errors = json!([{"code": "TOO_LONG", "field": ["body"]}]);
        assert_eq!(
            long.json()["data"]["articleTranslationUpdate"]["userErrors"],
            errors
        );
        for refused in [huge, nobodys] {
            assert_eq!(refused.status, 413);
            assert_eq!(refused.code().as_deref(), Some("BODY_TOO_LARGE"));
        }
        assert_eq!(desk.read(&ice, "en", "version").await, 1);
    })
    .await;
}

/// The holder of a new key.
async fn desk(app: &TestApp, role: Role) -> Desk {
    let key = app.make_key("desk", role, &[]).await;
    Desk::with_key(&app.client(), &key)
}

/// An editor, and the id of a draft in English.
async fn draft(app: &TestApp) -> (Desk, String) {
    app.seed(article("ice").only_in(["en"]).draft("en")).await;
    let desk = desk(app, Role::Editor).await;
    let found = desk
        .ask("{ article(by: {slug: \"ice\"}, states: [DRAFT]) { id } }")
        .await;
    let id = found["article"]["id"].as_str().unwrap().to_owned();
    (desk, id)
}

async fn send_topic(desk: &Desk, number: u32) -> Reply {
    let words = [json!({"locale": "en", "name": format!("Topic {number}")})];
    let input = json!({"translations": words});
    let selection = "topic { slug } userErrors { code }";
    desk.send_change("topicCreate", input, selection).await
}

/// Make a topic whose slug is known before; the code, where it was not done.
async fn create_topic(desk: &Desk, number: u32) -> Option<String> {
    let reply = send_topic(desk, number).await;
    let code = reply.code();
    if code.is_none() {
        let made = json!({"topic": {"slug": format!("topic-{number}")}, "userErrors": []});
        assert_eq!(reply.json()["data"]["topicCreate"], made);
    }
    code
}

/// Ask as a reader until `stop` says so; each answer comes, and has no fewer
/// topics than the one before. How often that was.
async fn read_on(reader: Desk, stop: watch::Receiver<bool>) -> u32 {
    let (mut topics, mut asked) = (0, 0);
    while !*stop.borrow() {
        let answer = reader.ask("{ topics { totalCount } }").await;
        let now = answer["topics"]["totalCount"].as_u64().unwrap();
        assert!(now >= topics, "{now} < {topics}");
        (topics, asked) = (now, asked + 1);
    }
    asked
}

/// The same database, by writers that wait a moment only.
async fn impatient(app: &TestApp) -> Database {
    let mut options = Options::new(app.url());
    options.readers = 2;
    options.busy_timeout = Duration::from_millis(100);
    Database::connect(&options).await.unwrap()
}

fn client_of(database: &Database) -> Client {
    let app = App::new(database.clone());
    let schema = schema::build();
    Client::of(http::site(app, schema))
}

/// How many deeds the audit log has.
async fn audited(app: &TestApp) -> u64 {
    let deeds = audit_log::Entity::find().count(app.database().reader());
    deeds.await.unwrap()
}

/// Let an SQLite database grow to so many pages, or not at all.
async fn pages(app: &TestApp, most: u32) {
    let limit = format!("PRAGMA max_page_count = {most}");
    let writer = app.database().writer();
    writer.execute_unprepared(&limit).await.unwrap();
}
