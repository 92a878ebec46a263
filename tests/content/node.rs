//! Anything by its id: `node` and `nodes`.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, topic};

/// A thing of each type: the type's name and the id.
async fn ids(app: &TestApp) -> Vec<(String, String)> {
    let answer = app
        .query(
            "fragment id on Node { __typename id }
             { articles(locales: [en]) { nodes { ...id translations { ...id }
                issue { ...id translations { ...id } } topic { ...id translations { ...id } }
                authors { ...id translations { ...id } } } } }",
        )
        .await;
    let mut ids = Vec::new();
    collect(answer.at("/articles/nodes/0"), &mut ids);
    ids
}

/// The first of each type in an answer.
fn collect(value: &Value, ids: &mut Vec<(String, String)>) {
    if let (Some(name), Some(id)) = (value["__typename"].as_str(), value["id"].as_str())
        && ids.iter().all(|(known, _)| known != name)
    {
        ids.push((name.to_owned(), id.to_owned()));
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, ids)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

#[tokio::test]
async fn a_thing_of_every_type_is_found_by_its_id() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna"])).await;
        let ids = ids(app).await;
        assert_eq!(ids.len(), 8);

        for (name, id) in &ids {
            let query = format!(r#"{{ node(id: "{id}") {{ __typename id }} }}"#);
            let answer = app.query_in("en, be, ru", &query).await;

            assert_eq!(*answer.at("/node"), json!({"__typename": name, "id": id}));
            assert_eq!(answer.statements, 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn ids_are_opaque_and_fit_into_addresses() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna"])).await;

        for (_, id) in ids(app).await {
            let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            assert!(id.bytes().all(safe), "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn nodes_come_in_the_order_of_their_ids_with_nulls_in_the_gaps() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(article("ice").by(["anna"])).await;
        let known = ids(app).await;
        // Well-formed ids of things that are gone.
        let gone = ["QXJ0aWNsZTo5OTk5", "VG9waWM6OTk5OQ"];
        let mut asked: Vec<String> = known.iter().rev().map(|(_, id)| id.clone()).collect();
        asked.insert(2, gone[0].to_owned());
        asked.push(known[0].1.clone());
        asked.push(gone[1].to_owned());

        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let answer = app.query_with(query, json!({"ids": asked})).await;

        let expected: Vec<Value> = asked
            .iter()
            .map(|id| {
                let known = known.iter().find(|(_, known)| known == id);
                known.map_or(
                    Value::Null,
                    |(name, id)| json!({"__typename": name, "id": id}),
                )
            })
            .collect();
        assert_eq!(*answer.at("/nodes"), Value::from(expected));
        assert_eq!(answer.statements, 8, "one for each type, however many ids");
    })
    .await;
}

#[tokio::test]
async fn a_node_exists_for_the_reader_or_is_null() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").only_in(["en"]).with(article("ice").draft("be"))).await;
        let answer = app
            .query("{ articles { nodes { id translations { locale id } topic { id } } } }")
            .await;
        let node = answer.at("/articles/nodes/0");
        let of = |locale: &str| {
            let translations = node["translations"].as_array().unwrap();
            translations.iter().find(|words| words["locale"] == locale).unwrap()["id"].clone()
        };
        let ids = [node["id"].clone(), node["topic"]["id"].clone(), of("en"), of("ru")];

        for (locales, found) in [
            (json!(["be"]), [false, false, false, false]),
            (json!(["be", "ru"]), [true, false, false, true]),
            (json!(["ru", "en"]), [true, true, true, true]),
        ] {
            let query = "query($ids: [ID!]!, $locales: [Locale!]) { nodes(ids: $ids, locales: $locales) { id } }";
            let variables = json!({"ids": ids, "locales": locales});
            let answer = app.query_with(query, variables).await;

            let nodes = answer.at("/nodes").as_array().unwrap();
            assert_eq!(nodes.iter().map(|node| !node.is_null()).collect::<Vec<_>>(), found);
        }
    })
    .await;
}

#[tokio::test]
async fn nodes_of_no_ids_are_none() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        let answer = app.query("{ nodes(ids: []) { id } }").await;

        assert_eq!(*answer.at("/nodes"), json!([]));
        assert_eq!(answer.statements, 0);
    })
    .await;
}

#[tokio::test]
async fn an_id_filter_keeps_the_things_that_it_names() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("wells"), article("rain")])
            .await;
        let answer = app
            .query("{ articles { nodes { key id topic { id } } } }")
            .await;
        let id = |index: usize| answer.at(&format!("/articles/nodes/{index}/id")).clone();
        let topic = answer.at("/articles/nodes/0/topic/id").clone();

        let kept = app
            .query_with(
                "query($ids: [ID!], $id: ID, $topic: ID) {
                    two: articles(filter: {id: {in: $ids}}) { nodes { id } }
                    others: articles(filter: {not: {id: {eq: $id}}}) { totalCount }
                    topic: articles(filter: {topic: {id: {eq: $topic}}}) { totalCount }
                    words: translations(filter: {parent: {in: $ids}}) { totalCount }
                    own: translations(filter: {parent: {eq: $topic}}) { nodes { slug } } }",
                json!({"ids": [id(2), id(0)], "id": id(1), "topic": topic}),
            )
            .await;

        assert_eq!(
            *kept.expect_data(),
            json!({
                "two": {"nodes": [{"id": id(0)}, {"id": id(2)}]},
                "others": {"totalCount": 2}, "topic": {"totalCount": 3},
                "words": {"totalCount": 2}, "own": {"nodes": [{"slug": "general"}]},
            })
        );
    })
    .await;
}
