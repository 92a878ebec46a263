//! Issues and words of articles are published, and taken back, at a time.

mod clocks;
mod firing;
mod making;

use chrono::{DateTime, Utc};
use masthead::access::Role;
use masthead::content::schedule::{Run, run_due};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::seed::{Article, Issue, article, issue};
use support::{Answer, TestApp, key};

/// What most tests ask of a schedule.
const SCHEDULE: &str = "schedule { id act state at dueAt locale failureCode failure endedAt }
    userErrors { code message field }";

/// An article in English alone, in review.
fn in_review(slug: &str) -> Article {
    article(slug).only_in(["en"]).in_review("en")
}

/// An issue in English alone that is not published.
fn unpublished(number: u32) -> Issue {
    issue(number).only_in(["en"]).unpublished()
}

/// Approve all that is in review.
async fn approve_all(app: &TestApp) {
    let approve = "UPDATE article_translations SET approved_by = 'editor',
        approved_at = '2021-03-10T11:00:00+00:00' WHERE state = 'IN_REVIEW'";
    let db = app.database().writer();
    db.execute_unprepared(approve).await.unwrap();
}

/// The id of what a lookup finds, whatever its state: `article(by: {slug:
/// "ice"}`, say.
async fn id_of(app: &TestApp, lookup: &str) -> Value {
    let all = "states: [DRAFT, IN_REVIEW, PUBLISHED], locales: [en, be, ru]";
    let answer = app
        .query_as(
            &key(Role::Editor),
            &format!("{{ found: {lookup}, {all}) {{ id }} }}"),
        )
        .await;
    answer.at("/found/id").clone()
}

/// Words of an article in English, as part of an input.
async fn words(app: &TestApp, slug: &str) -> Value {
    let article = id_of(app, &format!("article(by: {{slug: \"{slug}\"}}")).await;
    json!({"article": article, "locale": "en"})
}

/// An issue, as part of an input.
async fn whole(app: &TestApp, number: u32) -> Value {
    json!({"issue": id_of(app, &format!("issue(by: {{number: {number}}}")).await})
}

/// Ask for a schedule.
async fn ask(app: &TestApp, mut input: Value, act: &str, at: &str) -> Answer {
    input["act"] = act.into();
    input["at"] = at.into();
    app.mutate_as(&key(Role::Publisher), "scheduleCreate", input, SCHEDULE)
        .await
}

/// Make a schedule. The answer has it.
async fn make(app: &TestApp, input: Value, act: &str, at: &str) -> Value {
    let answer = ask(app, input, act, at).await;
    assert_eq!(answer.at("/scheduleCreate/userErrors"), &json!([]));
    answer.at("/scheduleCreate/schedule").clone()
}

/// Do what is due, and nothing but that.
async fn run(app: &TestApp) -> u64 {
    let Run { ended, faults, .. } = run_due(app.database(), app.clock()).await.unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    ended
}

/// Set the clock, forward or back.
fn set_clock(app: &TestApp, time: &str) {
    let time: DateTime<Utc> = time.parse().unwrap();
    app.clock().advance(time - app.clock().now());
}

/// All schedules as short texts, such as `DONE` or `FAILED it is a draft`.
async fn states(app: &TestApp) -> Vec<String> {
    let answer = app
        .query_as(
            &key(Role::Editor),
            "{ schedules { nodes { state failure } } }",
        )
        .await;
    let nodes = answer.at("/schedules/nodes").as_array().unwrap().iter();
    let text = |node: &Value| {
        let words = [node["state"].as_str(), node["failure"].as_str()];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    nodes.map(text).collect()
}

/// Whether readers see an article.
async fn is_public(app: &TestApp, slug: &str) -> bool {
    let query = format!("{{ article(by: {{slug: \"{slug}\"}}) {{ id }} }}");
    !app.query(&query).await.at("/article").is_null()
}

/// The audit log of schedules: who, what, of which, how it went.
async fn audited(app: &TestApp) -> Vec<String> {
    let select = "SELECT actor, operation, name, locale, note FROM audit_log
        WHERE operation LIKE 'schedule%' ORDER BY id";
    let select = Statement::from_string(app.engine().backend(), select);
    let rows = app.database().reader().query_all_raw(select).await.unwrap();
    rows.iter()
        .map(|row| {
            let columns = ["actor", "operation", "name", "locale", "note"];
            let words = columns.map(|column| row.try_get::<Option<String>>("", column).unwrap());
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect()
}
