//! Articles are made, changed, reviewed, published and removed.

mod audit;
mod creation;
mod facts;
mod freshness;
mod issues;
mod model;
mod publication;
mod review;
mod slugs;
mod words;

use masthead::access::{Caller, Role};
use serde_json::{Value, json};
use support::{Answer, TestApp, key};

/// What most tests ask of the article that was written.
const ARTICLE: &str = "article { id key slug title state version factsVersion locale position
    trend originalLocale topic { slug } authors { slug } issue { number } }
    userErrors { code message field expectedVersion currentVersion }";

/// Every state of a translation, for an argument `states`.
const ALL: &str = "states: [DRAFT, IN_REVIEW, PUBLISHED]";

/// The id of the thing that a lookup finds, whatever its state:
/// `article(by: {slug: "ice"}`, say, to the end of which other arguments are
/// put.
async fn id_of(app: &TestApp, lookup: &str) -> Value {
    let query = format!("{{ found: {lookup}, {ALL}, locales: [en, be, ru]) {{ id }} }}");
    let answer = app.query_as(&key(Role::Admin), &query).await;
    answer.at("/found/id").clone()
}

/// The id of an article by its slug.
async fn article_id(app: &TestApp, slug: &str) -> Value {
    id_of(app, &format!("article(by: {{slug: \"{slug}\"}}")).await
}

/// Which words of an article, at which version.
fn which(article: &Value, locale: &str, version: i64) -> Value {
    json!({"article": article, "locale": locale, "expectedVersion": version})
}

/// The same with what else an input says.
fn with(mut input: Value, more: Value) -> Value {
    let Value::Object(more) = more else {
        panic!("it has no fields: {more}");
    };
    input.as_object_mut().unwrap().extend(more);
    input
}

/// Ask for a change, and answer with the article.
#[track_caller]
fn done(answer: &Answer) -> &Value {
    let payload = payload(answer);
    assert_eq!(payload["userErrors"], json!([]));
    &payload["article"]
}

/// What was wrong with a change, such as `TAKEN slug`.
#[track_caller]
fn wrong(answer: &Answer) -> Vec<String> {
    let errors = payload(answer)["userErrors"].as_array().unwrap();
    let error = |error: &Value| {
        let field = error["field"].as_array().unwrap().iter();
        let field: Vec<&str> = field.map(|part| part.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
    };
    errors.iter().map(error).collect()
}

#[track_caller]
fn payload(answer: &Answer) -> &Value {
    let fields = answer.expect_data().as_object().unwrap();
    fields.values().next().unwrap()
}

/// Ask for a change that must be done, and answer with the article.
async fn change(app: &TestApp, caller: &Caller, name: &str, input: Value) -> Value {
    let answer = app.mutate_as(caller, name, input, ARTICLE).await;
    done(&answer).clone()
}

/// Bring a draft to the readers by all steps. The answer is its version.
async fn publish(app: &TestApp, article: &Value, locale: &str, version: i64) -> i64 {
    let publisher = key(Role::Publisher);
    for (step, version) in ["Submit", "Approve", "Publish"].into_iter().zip(version..) {
        let name = format!("articleTranslation{step}");
        change(app, &publisher, &name, which(article, locale, version)).await;
    }
    version + 3
}

/// How the words of an article in a locale are, whatever their state.
async fn words(app: &TestApp, article: &Value, locale: &str) -> Value {
    let query = format!(
        "{{ node: article(by: {{id: {article}}}, {ALL}, locales: [{locale}]) {{
            slug title lead state version publishedAt body {{ markdown }} }} }}"
    );
    let answer = app.query_as(&key(Role::Admin), &query).await;
    answer.at("/node").clone()
}

/// Whether readers see an article in a locale.
async fn is_public(app: &TestApp, article: &Value, locale: &str) -> bool {
    let query = format!("{{ article(by: {{id: {article}}}, locales: [{locale}]) {{ id }} }}");
    let answer = app.query(&query).await;
    !answer.at("/article").is_null()
}
