//! Issues are made, changed, put in order, published and taken back.

mod completeness;
mod facts;
mod order;
mod publishing;
mod readers;

use masthead::access::Role;
use serde_json::{Value, json};
use support::{Answer, TestApp, key};

/// Of an issue as its writers see it.
const STATES: &str = "states: [DRAFT, IN_REVIEW, PUBLISHED]";

/// The id and the version of the facts of an issue, whoever sees it.
async fn read(app: &TestApp, number: u32) -> (Value, i64) {
    let query = format!("{{ issue(by: {{number: {number}}}, {STATES}) {{ id factsVersion }} }}");
    let answer = app.query_as(&key(Role::Editor), &query).await;
    let issue = answer.at("/issue");
    (issue["id"].clone(), issue["factsVersion"].as_i64().unwrap())
}

/// Publish an issue at the version that it is at.
async fn publish(app: &TestApp, number: u32) -> Answer {
    let (issue, version) = read(app, number).await;
    let input = json!({"issue": issue, "expectedVersion": version});
    let selection = "issue { state publishedAt factsVersion }
        published { locale article { slug } } notReady { locale state article { slug } }
        userErrors { code field message }";
    app.mutate_as(&key(Role::Publisher), "issuePublish", input, selection)
        .await
}

/// Approve the words of an article, which are in review.
async fn approve(app: &TestApp, slug: &str, locale: &str) {
    let query = format!(
        r#"{{ article(by: {{slug: "{slug}"}}, locales: ["{locale}"], {STATES}) {{ id version }} }}"#
    );
    let answer = app.query_as(&key(Role::Editor), &query).await;
    let article = answer.at("/article");
    let input = json!({
        "article": article["id"],
        "locale": locale,
        "expectedVersion": article["version"],
    });
    let answer = app
        .mutate_as(
            &key(Role::Editor),
            "articleTranslationApprove",
            input,
            "userErrors { message }",
        )
        .await;
    assert_eq!(
        answer.at("/articleTranslationApprove/userErrors"),
        &json!([])
    );
}
