//! A document that is known is answered as one that is new.

use std::fs::{read_dir, read_to_string};
use std::path::Path;

use async_graphql::{Request, Variables};
use masthead::app::App;
use masthead::graphql::context::Asker;
use masthead::graphql::cost::COUNTED_ARGUMENTS;
use masthead::graphql::documents::Documents;
use masthead::schema;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::article;

/// Documents with a variable, and a value of it that is right.
fn documents() -> Vec<(&'static str, Value)> {
    vec![
        (
            "query($v: Int) { articles(first: $v) { nodes { key } } }",
            json!(1),
        ),
        (
            "query($v: Int = 3) { articles(first: $v) { nodes { key } } }",
            json!(2),
        ),
        (
            "query($v: Int!) { articles(last: $v) { nodes { key } } }",
            json!(2),
        ),
        (
            "query($v: [Locale!]) { articles(locales: $v) { totalCount } }",
            json!(["en"]),
        ),
        (
            "query($v: Locale!) { articles(locales: [be, $v]) { totalCount } }",
            json!("en"),
        ),
        (
            "query($v: ArticleFilter) { articles(filter: $v) { totalCount } }",
            json!({}),
        ),
        (
            "query($v: ArticleFilter!) { articles(filter: {and: [$v, {trend: {eq: IMPROVED}}]}) { totalCount } }",
            json!({"not": {"position": {"in": [1, 2]}}}),
        ),
        (
            "query($v: IssueBy!) { issue(by: $v) { number } }",
            json!({"number": 1}),
        ),
        (
            "query($v: Week!) { issue(by: {week: $v}) { number } }",
            json!("2021-W06"),
        ),
        (
            "query($v: [ArticleOrder!]) { articles(orderBy: $v) { totalCount } }",
            json!([{"field": "TITLE"}]),
        ),
        (
            "query($v: Trend) { articles(filter: {trend: {eq: $v}}) { totalCount } }",
            json!("IMPROVED"),
        ),
        (
            "query($v: Boolean!) { latestIssue { number slug @include(if: $v) } }",
            json!(true),
        ),
        ("query($v: [ID!]!) { nodes(ids: $v) { id } }", json!([])),
        (
            "query($v: Boolean = false) { latestIssue { number slug @skip(if: $v) } }",
            json!(true),
        ),
    ]
}

/// Values that are right for some variables and wrong for others. `None` is
/// none at all.
fn values() -> Vec<Option<Value>> {
    let mut values: Vec<Option<Value>> = [
        json!(null),
        json!(1),
        json!(-1),
        json!(101),
        json!(1.5),
        json!(3_000_000_000_u64),
        json!("1"),
        json!("en"),
        json!("IMPROVED"),
        json!("improved"),
        json!("2021-W06"),
        json!(true),
        json!([]),
        json!([null]),
        json!(["en"]),
        json!(["en", 7]),
        json!([["en"]]),
        json!({}),
        json!({"eq": "en"}),
        json!({"number": 1}),
        json!({"number": "1"}),
        json!({"number": null}),
        json!({"number": 1, "slug": "a"}),
        json!({"field": "TITLE"}),
        json!([{"field": "TITLE", "direction": "DESC"}]),
        json!([{"field": "TITLE", "direction": null}]),
        json!([{"direction": "DESC"}]),
        json!([{"field": "NOTHING"}]),
        json!({"position": {"in": [1]}, "trend": null}),
        json!({"position": {"in": 1}}),
        json!({"position": {"in": [null]}}),
        json!({"position": {"eq": "1"}}),
        json!({"nonsense": 1}),
        json!({"and": {"position": {"eq": 1}}}),
    ]
    .map(Some)
    .to_vec();
    values.push(None);
    values
}

fn request(document: &str, value: Option<&Value>) -> Request {
    let variables = value.map_or_else(|| json!({}), |value| json!({ "v": value }));
    Request::new(document).variables(Variables::from_json(variables))
}

/// The answer, and what it costs.
async fn answer(app: &App, schema: &schema::Schema, request: impl Fn() -> Request) -> Value {
    let cost = match schema::prepare(app, request()) {
        Ok(prepared) => schema::check(app, &prepared).await.ok(),
        Err(_) => None,
    };
    let response = schema::execute(app, schema, request(), Asker::default()).await;
    json!({ "cost": cost, "response": serde_json::to_value(&response).unwrap() })
}

#[tokio::test]
async fn a_document_that_is_known_is_answered_as_at_first_sight() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").by(["anna"]), article("wells")])
            .await;
        let schema = app.schema();
        for (document, right) in documents() {
            let known = app.app();
            let first = answer(known, &schema, || request(document, Some(&right))).await;
            assert!(
                first["response"].get("errors").is_none(),
                "{document}: {first}"
            );

            for value in values() {
                let new = App {
                    documents: Documents::default(),
                    ..known.clone()
                };
                let ask = || request(document, value.as_ref());

                let at_first = answer(&new, &schema, ask).await;
                let later = answer(known, &schema, ask).await;
                let again = answer(known, &schema, ask).await;

                assert_eq!(later, at_first, "{document} with {value:?}");
                assert_eq!(again, at_first, "{document} with {value:?}");
            }
        }
    })
    .await;
}

/// Every declared cost, as it is written.
fn declared(folder: &Path, found: &mut Vec<String>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            declared(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = read_to_string(&path).unwrap();
            let costs = text.split("complexity = \"").skip(1);
            found.extend(costs.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
}

#[test]
fn costs_go_by_the_arguments_that_their_memory_goes_by() {
    let calculus = [
        "cost",
        "weight",
        "list_weight",
        "series_weight",
        "weight_at_most",
        "usage_weight",
        "child_complexity",
        "len",
        "max",
        "div_ceil",
    ];
    let mut costs = Vec::new();
    declared(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src"),
        &mut costs,
    );

    assert!(costs.len() > 20, "{costs:?}");
    for cost in costs {
        let names = cost.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        for name in names.filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
        {
            let is_known = calculus.contains(&name) || COUNTED_ARGUMENTS.contains(&name);
            assert!(is_known, "{name} in {cost}");
        }
    }
}
