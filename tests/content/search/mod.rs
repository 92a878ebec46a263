//! What search finds, in which order, and what it shows of it.

mod bad_input;
mod currency;
mod highlights;
mod labelled;
mod model;

mod order;
mod statements;
mod words;

use serde_json::{Value, json};
use support::TestApp;

/// The keys of the articles that a query finds, in order: at most 100.
async fn found(app: &TestApp, query: &str, locales: &[&str]) -> Vec<String> {
    let text = "query($query: String!, $locales: [Locale!]) {
        search(query: $query, locales: $locales, first: 100) { totalCount nodes { key } } }";
    let variables = json!({"query": query, "locales": locales});
    let answer = app.query_with(text, variables).await;
    let keys: Vec<String> = answer
        .texts("/search/nodes", "key")
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        *answer.at("/search/totalCount"),
        Value::from(keys.len()),
        "{query:?}"
    );
    keys
}

/// The same keys in the order of the alphabet.
async fn found_set(app: &TestApp, query: &str, locales: &[&str]) -> Vec<String> {
    let mut keys = found(app, query, locales).await;
    keys.sort();
    keys
}
