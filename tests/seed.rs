//! What the builders of content render.

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Content, Trend, article, author, issue, publication, topic};

#[test]
fn an_article_brings_along_what_it_refers_to() {
    let content = Content::from(article("ice").by(["anna"]).only_in(["be"]));

    let lines = content.to_string();

    let records: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let kinds: Vec<&str> = records
        .iter()
        .map(|record| record["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["publication", "topic", "author", "issue", "article"]
    );
    assert_json_snapshot!(records[4], @r#"
    {
      "authors": [
        "anna"
      ],
      "issue": 1,
      "key": "ice",
      "kind": "article",
      "originalLocale": "be",
      "position": 1,
      "topic": "general",
      "translations": {
        "be": {
          "body": "The body of *ice* in be.",
          "lead": "The lead of ice in be",
          "slug": "ice",
          "title": "ice be"
        }
      }
    }
    "#);
}

#[test]
fn what_is_seeded_within_a_thing_belongs_to_it() {
    let content = topic("water")
        .with(issue(3).with([article("ice"), article("wells").topic("roads")]))
        .with(author("anna").with([article("fish"), article("bread").by(["boris", "anna"])]));

    let records = content.records();

    let of = |key: &str, field: &str| find(&records, "key", key)[field].clone();
    assert_eq!(of("ice", "issue"), 3);
    assert_eq!(of("ice", "topic"), "water");
    assert_eq!(of("wells", "topic"), "roads");
    assert_eq!(of("ice", "authors"), json!([]));
    assert_eq!(of("fish", "authors"), json!(["anna"]));
    assert_eq!(of("bread", "authors"), json!(["boris", "anna"]));
}

#[test]
fn an_article_takes_the_first_free_place_of_its_issue() {
    let content = Content::from([
        article("a"),
        article("b").position(1),
        article("c").in_issue(2),
        article("d"),
    ]);

    let records = content.records();

    let places = ["a", "b", "c", "d"].map(|key| &find(&records, "key", key)["position"]);
    assert_eq!(places, [2, 1, 1, 3]);
}

#[test]
fn what_is_seeded_again_takes_the_place_of_the_former() {
    let content = Content::from([article("a"), article("b")])
        .with(article("a").title("en", "Once more").trend(Trend::Improved));

    let records = content.records();

    let article = find(&records, "key", "a");
    assert_eq!(article["position"], 1);
    assert_eq!(article["trend"], "IMPROVED");
    assert_eq!(article["translations"]["en"]["title"], "Once more");
    assert_eq!(article["translations"]["be"]["title"], "a be");
}

#[test]
fn all_is_translated_into_the_locales_of_the_publication() {
    let content = publication()
        .locales(["sr-Latn", "ar"])
        .with([article("a"), article("b").title("en", "In English")]);

    let records = content.records();

    let locales = |record: &Value| -> Vec<String> {
        let translations = record["translations"].as_object().unwrap();
        translations.keys().cloned().collect()
    };
    assert_eq!(records[0]["defaultLocale"], "sr-Latn");
    assert_eq!(
        locales(find(&records, "slug", "general")),
        ["ar", "sr-Latn"]
    );
    assert_eq!(locales(find(&records, "key", "a")), ["ar", "sr-Latn"]);
    assert_eq!(locales(find(&records, "key", "b")), ["ar", "en", "sr-Latn"]);
}

#[test]
fn an_issue_comes_out_after_its_week_unless_told() {
    let content = Content::from([
        issue(1),
        issue(2).unpublished(),
        issue(3).dates("2021-02-08", "2021-02-14").untitled("be"),
    ]);

    let records = content.records();

    assert_eq!(find(&records, "slug", "issue-1")["startsOn"], "2020-01-06");
    assert_eq!(find(&records, "slug", "issue-2")["endsOn"], "2020-01-19");
    assert_eq!(
        find(&records, "slug", "issue-2")["publishedAt"],
        Value::Null
    );
    let third = find(&records, "slug", "issue-3");
    assert_eq!(third["publishedAt"], "2021-02-15T09:00:00Z");
    assert_eq!(third["translations"]["be"], json!({}));
}

#[tokio::test]
async fn what_is_seeded_is_answered() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with([
            article("ice").by(["anna", "boris"]).trend(Trend::Improved),
            article("wells").draft("en").in_issue(2),
        ]))
        .await;
        // Later content stands beside it.
        app.seed(article("bridge").only_in(["be"])).await;

        let english = app.query("{ articles { nodes { slug } } }").await;
        let belarusian = app.query_in("be", "{ articles { nodes { slug } } }").await;

        assert_eq!(english.texts("/articles/nodes", "slug"), ["ice"]);
        let mut slugs = belarusian.texts("/articles/nodes", "slug");
        slugs.sort_unstable();
        assert_eq!(slugs, ["bridge", "ice", "wells"]);
    })
    .await;
}

fn find<'a>(records: &'a [Value], field: &str, value: &str) -> &'a Value {
    records
        .iter()
        .find(|record| record[field] == value)
        .unwrap()
}
