//! The best first, then the newest, and page by page.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Article, article};

use super::found;

/// An article with these texts and nothing else, published on a day of 2021.
fn texts(key: &str, [title, lead, body]: [&str; 3], day: u32) -> Article {
    article(key)
        .only_in(["en"])
        .title("en", title)
        .lead("en", lead)
        .body("en", body)
        .published_at(&format!("2021-01-{day:02}T09:00:00Z"))
}

#[tokio::test]
async fn a_title_outranks_a_lead_which_outranks_a_body_then_the_newest_is_first() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            texts("body-old", ["Stones", "", "Water and water, water."], 2),
            texts("body-new", ["Stones", "", "Water."], 9),
            texts("lead", ["Stones", "Water", ""], 1),
            texts("title-old", ["Water", "", ""], 3),
            texts("title-new", ["Of water", "", ""], 4),
            texts("title-newer", ["Watered", "", ""], 5),
        ])
        .await;

        assert_eq!(
            found(app, "water", &["en"]).await,
            [
                "title-newer",
                "title-new",
                "title-old",
                "lead",
                "body-new",
                "body-old"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_score_is_the_mean_of_what_the_words_count() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            texts("both", ["Water and ice", "", ""], 1),
            texts("title", ["Water", "", "Ice"], 1),
            texts("lead", ["Stones", "Water", "Ice"], 1),
            texts("body", ["Stones", "", "Water, ice"], 1),
            texts("phrase", ["Ice water", "", ""], 1),
        ])
        .await;

        for (query, scores) in [
            (
                "water ice ",
                json!([
                    ["both", 1.0],
                    ["phrase", 1.0],
                    ["title", 0.5625],
                    ["lead", 0.3125],
                    ["body", 0.125]
                ]),
            ),
            ("\"ice water\" -stones", json!([["phrase", 1.0]])),
            ("wat ice sto", json!([])),
            (
                "water water ice sto",
                json!([
                    ["lead", 0.541_666_666_666_666_6],
                    ["body", 0.416_666_666_666_666_7]
                ]),
            ),
        ] {
            let text =
                "query($query: String!) { search(query: $query) { edges { score node { key } } } }";
            let answer = app.query_with(text, json!({"query": query})).await;
            let edges = answer.at("/search/edges").as_array().unwrap();
            let mut found: Vec<Value> = edges
                .iter()
                .map(|edge| json!([edge["node"]["key"], edge["score"]]))
                .collect();
            found.sort_by_key(|pair| {
                (
                    -(pair[1].as_f64().unwrap() * 1e6) as i64,
                    pair[0].to_string(),
                )
            });
            assert_eq!(Value::from(found), scores, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_in_both_directions_make_up_the_whole_list() {
    TestApp::on_each_engine(async |app| {
        let some = (0..23).map(|place| {
            let texts_of = match place % 4 {
                0 => ["Water", "", ""],
                1 => ["Stones", "Water", ""],
                _ => ["Stones", "", "Water"],
            };
            // Several at the same time: ties.
            texts(&format!("a{place:02}"), texts_of, 1 + place / 6)
        });
        app.seed(some.collect::<Vec<_>>()).await;
        let whole = found(app, "water", &["en"]).await;
        assert_eq!(whole.len(), 23);

        for (size, cursor, end, more) in [
            ("first", "after", "endCursor", "hasNextPage"),
            ("last", "before", "startCursor", "hasPreviousPage"),
        ] {
            let text = format!(
                "query($cursor: String) {{ search(query: \"water\", {size}: 5, {cursor}: $cursor) {{
                    totalCount pageInfo {{ {end} {more} }} nodes {{ key }} }} }}"
            );
            let mut walked: Vec<String> = Vec::new();
            let mut at = Value::Null;
            loop {
                let answer = app.query_with(&text, json!({"cursor": at})).await;
                let keys = answer.texts("/search/nodes", "key");
                let keys = keys.into_iter().map(str::to_owned);
                if size == "first" {
                    walked.extend(keys);
                } else {
                    walked.splice(0..0, keys);
                }
                assert_eq!(*answer.at("/search/totalCount"), 23);
                if *answer.at(&format!("/search/pageInfo/{more}")) == false {
                    break;
                }
                at = answer.at(&format!("/search/pageInfo/{end}")).clone();
            }
            assert_eq!(walked, whole, "{size}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_is_of_one_search() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            texts("a", ["Water and ice", "", ""], 1),
            texts("b", ["Water and ice", "", ""], 2),
        ])
        .await;
        let first = app
            .query("{ search(query: \"water\", first: 1) { pageInfo { endCursor } } }")
            .await;
        let cursor = first.at("/search/pageInfo/endCursor").as_str().unwrap();

        for arguments in [
            "query: \"ice\"",
            "query: \"water \"",
            "query: \"water\", locales: [\"be\"]",
            "query: \"\"",
        ] {
            for wanted in ["nodes { key }", "totalCount"] {
                let query =
                    format!("{{ search({arguments}, after: \"{cursor}\") {{ {wanted} }} }}");
                let answer = app.query(&query).await;
                assert_eq!(answer.code(), Some("INVALID_CURSOR"), "{arguments}");
            }
        }
        let list = format!("{{ articles(after: \"{cursor}\") {{ nodes {{ key }} }} }}");
        assert_eq!(app.query(&list).await.code(), Some("INVALID_CURSOR"));
    })
    .await;
}
