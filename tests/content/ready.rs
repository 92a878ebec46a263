//! Fields that are at hand are told without a future. They hold what resolving
//! them holds.

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use support::TestApp;
use support::seed::{Content, Trend, article, author, issue, topic};

/// A field, and what is selected below it.
#[derive(Clone, Debug)]
struct Field {
    name: &'static str,
    below: Vec<Field>,
    /// A field of what is below that has to be resolved; empty: a leaf.
    slow: &'static str,
}

const ARTICLE: [&str; 19] = [
    "__typename",
    "id",
    "key",
    "slug",
    "title",
    "lead",
    "trend",
    "position",
    "publishedAt",
    "updatedAt",
    "locale",
    "isFallback",
    "state",
    "version",
    "factsVersion",
    "isOriginal",
    "originalLocale",
    "direction",
    "wordCount",
];
const TOPIC: [&str; 12] = [
    "__typename",
    "id",
    "slug",
    "name",
    "description",
    "position",
    "updatedAt",
    "locale",
    "isFallback",
    "version",
    "direction",
    "url",
];
const AUTHOR: [&str; 10] = [
    "__typename",
    "id",
    "slug",
    "name",
    "bio",
    "updatedAt",
    "locale",
    "isFallback",
    "factsVersion",
    "url",
];
const ISSUE: [&str; 16] = [
    "__typename",
    "id",
    "number",
    "slug",
    "startsOn",
    "endsOn",
    "title",
    "updatedAt",
    "locale",
    "isFallback",
    "publishedAt",
    "week",
    "state",
    "dateRange",
    "direction",
    "url",
];
const BODY: [&str; 5] = ["__typename", "markdown", "html", "text", "excerpt"];

#[tokio::test]
async fn what_is_at_hand_is_what_is_resolved() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;
        let mut runner = TestRunner::deterministic();
        for _ in 0..150 {
            let selection = selected().new_tree(&mut runner).unwrap().current();
            let list = ["nodes", "edges { cursor node", "latest"]
                .map(|list| (list, written(&selection, ""), written(&selection, "url")));
            for (list, quick, slow) in list {
                let [quick, slow] = [quick, slow].map(|selection| asked(list, &selection));

                let expected = without_slow(app.query(&slow).await.expect_data().clone());

                // The second time, topics, issues and authors are in memory.
                for _ in 0..2 {
                    assert_eq!(*app.query(&quick).await.expect_data(), expected, "{quick}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn fragments_and_fields_that_are_asked_for_twice_are_merged() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;
        let plain = "{ articles { nodes { slug title topic { slug name } authors { name } } } }";
        let expected = app.query(plain).await.expect_data().clone();

        for query in [
            "{ articles { nodes { slug slug title topic { slug } topic { name } authors { name } } } }",
            "{ articles { nodes { ...a } } } fragment a on Article { slug ...b authors { name } }
             fragment b on Article { title topic { ... on Topic { slug } ...c } } fragment c on Topic { name }",
            "{ articles { nodes { ... on Node { ... on Article { slug title } } ... { topic { slug name } authors { name } } } } }",
            "{ articles { nodes { slug title } nodes { topic { slug name } } } articles { nodes { authors { name } } } }",
            "{ articles { nodes { slug ... on Article @include(if: true) { title topic { slug name } } authors { name }
                lead @skip(if: true) } } }",
        ] {
            for _ in 0..2 {
                assert_eq!(*app.query(query).await.expect_data(), expected, "{query}");
            }
        }
    })
    .await;
}

fn content() -> Content {
    let mut content = Content::default();
    content.add(
        topic("water")
            .name("en", "High \"water\"")
            .description("en", "Rivers\nand wells"),
    );
    content.add(topic("roads").only_in(["be"]));
    content.add(author("anna").bio("en", "Writes."));
    content.add(author("boris").only_in(["ru"]));
    content.add(
        issue(1).with([
            article("1-1")
                .topic("water")
                .by(["anna", "boris"])
                .trend(Trend::Improved),
            article("1-2")
                .topic("roads")
                .by(["boris"])
                .body("en", "# A heading\n\nSee [this](article:1-1)."),
        ]),
    );
    content.add(
        issue(2)
            .untitled("en")
            .with([article("2-1").topic("water")]),
    );
    content
}

fn selected() -> BoxedStrategy<Vec<Field>> {
    let edge = |name, below: &'static [&'static str], slow| {
        leaves(below)
            .prop_map(move |below| Field { name, below, slow })
            .boxed()
    };
    let any = prop_oneof![
        5 => leaf(&ARTICLE),
        1 => edge("topic", &TOPIC, "script"),
        1 => edge("issue", &ISSUE, "script"),
        1 => edge("authors", &AUTHOR, "script"),
        1 => edge("body", &BODY, "headings { anchor }"),
    ];
    vec(any, 1..8).prop_map(once).boxed()
}

fn leaves(names: &'static [&'static str]) -> BoxedStrategy<Vec<Field>> {
    vec(leaf(names), 1..5).prop_map(once).boxed()
}

fn leaf(names: &'static [&'static str]) -> BoxedStrategy<Field> {
    let names = proptest::sample::select(names);
    (names, Just(()))
        .prop_map(|(name, ())| Field {
            name,
            below: Vec::new(),
            slow: "",
        })
        .boxed()
}

/// Each field once: what is asked for twice has a test of its own.
fn once(fields: Vec<Field>) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::new();
    for field in fields {
        if !kept.iter().any(|known| known.name == field.name) {
            kept.push(field);
        }
    }
    kept
}

/// The selection as a document has it; with `slow`, so that nothing of it is
/// told in the short way.
fn written(fields: &[Field], slow: &str) -> String {
    let mut text: Vec<String> = Vec::new();
    for field in fields {
        let slow = if slow.is_empty() { "" } else { field.slow };
        text.push(match field.slow {
            "" => field.name.to_owned(),
            _ => format!("{} {{ {} }}", field.name, written(&field.below, slow)),
        });
    }
    if !slow.is_empty() {
        text.push(format!("... {{ slow: {slow} }}"));
    }
    text.join(" ")
}

fn asked(list: &str, selection: &str) -> String {
    match list {
        "nodes" => format!("{{ articles {{ nodes {{ {selection} }} }} }}"),
        "latest" => {
            format!("{{ latestIssue {{ number articles {{ nodes {{ {selection} }} }} }} }}")
        }
        _ => format!(
            "{{ articles {{ edges {{ cursor node {{ {selection} }} }} pageInfo {{ hasNextPage startCursor endCursor }} }} }}"
        ),
    }
}

fn without_slow(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.remove("slow");
            for field in fields.values_mut() {
                *field = without_slow(field.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = without_slow(item.take());
            }
        }
        _ => {}
    }
    value
}
