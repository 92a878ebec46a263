//! A feed holds what the list of the schema holds, whatever is published.

use std::collections::BTreeMap;

use masthead::database::Engine;
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use support::{TestApp, cluster};

use crate::change_log::replica::draft::{Round, rounds};
use crate::change_log::replica::write;

const ARTICLES: &str = "nodes { key title url locale publishedAt lead
    topic { name } authors { name } } pageInfo { hasNextPage }";

#[test]
fn a_feed_holds_what_the_list_of_the_schema_holds() {
    let config = Config {
        cases: 8,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let asked = (
        select(vec!["en", "be", "be,ru", "ru,en,be"]),
        select(vec![1, 2, 20]),
    );
    let drawn = (rounds(), vec(asked, 4)).prop_map(|drawn| drawn);

    let outcome = TestRunner::new(config).run(&drawn, |(rounds, asked)| {
        for engine in cluster::engines() {
            runtime.block_on(hold(engine, &rounds, &asked));
        }
        Ok(())
    });

    outcome.unwrap();
}

async fn hold(engine: Engine, rounds: &[Round], asked: &[(&str, usize)]) {
    let app = TestApp::on(engine).await;
    let mut ids = BTreeMap::new();
    for round in rounds {
        write(&app, &round.write).await;
        app.forget_settings();
        for (locales, limit) in asked {
            compare(&app, locales, *limit, &mut ids).await;
        }
    }
    app.end().await;
}

/// Compare all feeds of readers of these locales with the lists. `ids` are those
/// of articles by their keys, since the beginning.
async fn compare(app: &TestApp, locales: &str, limit: usize, ids: &mut BTreeMap<String, String>) {
    let arguments = format!("locales: [{}]", locales.replace(',', ", "));
    let list = format!("articles(first: {limit})");
    let query = format!(
        r#"{{ all: articles({arguments}, first: {limit}) {{ {ARTICLES} }}
             ice: articles({arguments}, first: 100) {{ nodes {{ key }} }}
             found: search({arguments}, query: "ice", first: 100) {{ nodes {{ key }} }}
             topics({arguments}) {{ nodes {{ slug {list} {{ {ARTICLES} }} }} }}
             authors({arguments}) {{ nodes {{ slug {list} {{ {ARTICLES} }} }} }}
             issues({arguments}) {{ nodes {{ slug: number {list} {{ {ARTICLES} }} }} }} }}"#
    );
    let answer = app.query(&query).await;
    if answer.code() == Some("UNKNOWN_LOCALE") {
        let path = format!("/feeds/{locales}/articles.json");
        assert_eq!(app.client().get(&path, &[]).await.status, 404);
        return;
    }
    let data = answer.expect_data();
    check(
        app,
        &format!("{locales}/articles"),
        limit,
        &data["all"],
        ids,
    )
    .await;
    for kind in ["topics", "authors", "issues"] {
        for thing in data[kind]["nodes"].as_array().unwrap() {
            let name = thing["slug"].to_string();
            let path = format!("{locales}/{kind}/{}", name.trim_matches('"'));
            check(app, &path, limit, &thing["articles"], ids).await;
        }
    }
    let found = feed(app, &format!("{locales}/search.json?q=ice&limit=100")).await;
    // The newest first, not the best.
    let hits: Vec<&Value> = nodes(&data["found"]).map(|node| &node["key"]).collect();
    let expected = nodes(&data["ice"]).map(|node| &node["key"]);
    let expected: Vec<&str> = expected
        .filter(|key| hits.contains(key))
        // One that no list was long enough to show has an id that is not known yet.
        .filter_map(|key| ids.get(key.as_str().unwrap()).map(String::as_str))
        .collect();
    if expected.len() == hits.len() {
        assert_eq!(super::each(&found, "id"), expected, "{locales}");
    }
}

async fn check(
    app: &TestApp,
    path: &str,
    limit: usize,
    list: &Value,
    ids: &mut BTreeMap<String, String>,
) {
    let feed = feed(app, &format!("{path}.json?limit={limit}")).await;
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), nodes(list).count(), "{path}");
    for (item, node) in items.iter().zip(nodes(list)) {
        for (of_item, of_node) in [("title", "title"), ("url", "url"), ("language", "locale")] {
            assert_eq!(item[of_item], node[of_node], "{path}");
        }
        let published = item["date_published"].as_str().unwrap();
        let published: chrono::DateTime<chrono::Utc> = published.parse().unwrap();
        let expected = node["publishedAt"].as_str().unwrap();
        assert_eq!(
            published,
            expected.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        );
        let authors = |value: &Value| {
            let authors = value["authors"].as_array().into_iter().flatten();
            authors
                .map(|author| author["name"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(authors(item), authors(node), "{path}");
        if let Some(topic) = node["topic"].get("name") {
            assert_eq!(item["tags"][0], *topic, "{path}");
        }
        let key = node["key"].as_str().unwrap().to_owned();
        let id = item["id"].as_str().unwrap().to_owned();
        assert_eq!(*ids.entry(key).or_insert_with(|| id.clone()), id, "{path}");
    }
    let more = list["pageInfo"]["hasNextPage"] == true;
    assert_eq!(feed.get("next_url").is_some(), more, "{path}");
    for kind in ["rss", "atom"] {
        let reply = app
            .client()
            .get(&format!("/feeds/{path}.{kind}?limit={limit}"), &[])
            .await;
        for item in super::each(&feed, "id") {
            assert!(reply.text().contains(item), "{path}.{kind}");
        }
    }
}

fn nodes(list: &Value) -> impl Iterator<Item = &Value> {
    list["nodes"].as_array().unwrap().iter()
}

async fn feed(app: &TestApp, path: &str) -> Value {
    let reply = app.client().get(&format!("/feeds/{path}"), &[]).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}
