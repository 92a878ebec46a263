//! What readers are served of things, asked through the API.

use std::collections::BTreeMap;

use masthead::change_log::Thing;
use masthead::graphql::id;
use serde_json::Value;
use support::TestApp;

use super::draft::LOCALES;

/// What is served of each thing in each locale.
pub type Copies = BTreeMap<(Thing, i64, Option<String>), Value>;

/// What belongs to a thing itself. What it refers to is named by id, in
/// whichever locale that has words.
const FIELDS: &str = r#"
    __typename id
    ... on Topic { slug name description position updatedAt version }
    ... on Author { slug name bio updatedAt version }
    ... on Issue { number slug startsOn endsOn publishedAt title updatedAt version }
    ... on Article {
        key slug title lead body { markdown html } trend position publishedAt updatedAt state
        version isOriginal originalLocale corrections { id at text version }
        issue(locales: $all) { id } topic(locales: $all) { id } authors(locales: $all) { id }
    }"#;

const PUBLICATION: &str =
    "{ publication { defaultLocale timeZone url locales { tag isDefault name description } } }";

/// What is served of some things in one locale; `null` where that is nothing.
pub async fn copies(
    app: &TestApp,
    locale: Option<&str>,
    things: &[(Thing, i64)],
) -> Vec<((Thing, i64), Value)> {
    let Some(locale) = locale else {
        let publication = publication(app).await;
        return things
            .iter()
            .map(|thing| (*thing, publication.clone()))
            .collect();
    };
    if !locales(app).await.iter().any(|tag| tag == locale) {
        // Nothing is served in a locale that the publication lacks.
        return things.iter().map(|thing| (*thing, Value::Null)).collect();
    }
    let ids: Vec<String> = things
        .iter()
        .map(|(thing, id)| id::encode(type_name(*thing), *id).to_string())
        .collect();
    let query = format!(
        "query($ids: [ID!]!, $locales: [Locale!], $all: [Locale!]) {{
            nodes(ids: $ids, locales: $locales) {{ {FIELDS} }}
        }}"
    );
    let all = locales(app).await;
    let variables = serde_json::json!({"ids": ids, "locales": [locale], "all": all});
    let answer = app.query_with(&query, variables).await;
    let nodes = answer.at("/nodes").as_array().unwrap().iter().cloned();
    things.iter().copied().zip(nodes).collect()
}

/// All that is served, in each locale.
pub async fn present(app: &TestApp) -> Copies {
    let mut copies = Copies::new();
    let publication = publication(app).await;
    if !publication.is_null() {
        copies.insert((Thing::Publication, 1, None), publication);
    }
    let all = locales(app).await;
    for locale in all.iter().filter(|tag| LOCALES.contains(&tag.as_str())) {
        for (thing, list) in [
            (Thing::Topic, "topics"),
            (Thing::Author, "authors"),
            (Thing::Issue, "issues"),
            (Thing::Article, "articles"),
        ] {
            let variables = serde_json::json!({"locales": [locale], "all": all});
            // The fields ask for nothing else.
            let unused = "unused: articles(first: 0, locales: $all) { nodes { id } }";
            let query = format!(
                "query($locales: [Locale!], $all: [Locale!]) {{
                    {unused}
                    {list}(first: 100, locales: $locales) {{ nodes {{ ... on Node {{ {FIELDS} }} }} }}
                }}"
            );
            let answer = app.query_with(&query, variables).await;
            for node in answer.at(&format!("/{list}/nodes")).as_array().unwrap() {
                let id = async_graphql::ID(node["id"].as_str().unwrap().to_owned());
                let id = id::decode(&id).unwrap().key;
                copies.insert((thing, id, Some(locale.clone())), node.clone());
            }
        }
    }
    copies
}

async fn publication(app: &TestApp) -> Value {
    app.query(PUBLICATION).await.at("/publication").clone()
}

async fn locales(app: &TestApp) -> Vec<String> {
    let publication = publication(app).await;
    let locales = publication["locales"].as_array().into_iter().flatten();
    locales
        .map(|locale| locale["tag"].as_str().unwrap().to_owned())
        .collect()
}

const fn type_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Publication => "Publication",
        Thing::Topic => "Topic",
        Thing::Author => "Author",
        Thing::Issue => "Issue",
        Thing::Article => "Article",
    }
}
