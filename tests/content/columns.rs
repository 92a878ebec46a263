//! Of an article only what is asked for is read: it says the same whatever
//! else is asked with it.

use masthead::content::demo;
use serde_json::Value;
use support::TestApp;

/// Every field of an article.
const FIELDS: [&str; 33] = [
    "id",
    "key",
    "slug",
    "title",
    "lead",
    "body { markdown text html headings { text } }",
    "excerpt",
    "wordCount",
    "readingMinutes",
    "trend",
    "position",
    "publishedAt",
    "updatedAt",
    "state",
    "version",
    "corrections { id }",
    "factsVersion",
    "locale",
    "isFallback",
    "isOriginal",
    "originalLocale",
    "direction",
    "script",
    "url",
    "translations { locale url }",
    "issue { number }",
    "topic { slug }",
    "authors { slug }",
    "next { key }",
    "previous(scope: TOPIC) { key }",
    "related { key }",
    "jsonLd",
    "__typename",
];

/// Every list of articles, with its filter and its order at `WHICH` and what is
/// asked of each at `ASKED`.
const LISTS: [&str; 5] = [
    "articles(WHICH locales: LOCALES) { nodes { ASKED } }",
    "articles(WHICH locales: LOCALES) { edges { ...edge node { ...on Node { ...asked } } } }
        } fragment edge on ArticleEdge { __typename } fragment asked on Article { ASKED",
    "issues(locales: LOCALES) { nodes { articles(WHICH first: 2) { nodes { ASKED } } } }",
    "topics(locales: LOCALES) { nodes { articles(WHICH last: 3) { nodes { ASKED } } } }",
    "authors(locales: LOCALES) { nodes { articles(WHICH first: 3) { nodes { ASKED } } } }",
];

/// The same for what a search finds.
const SEARCHES: [&str; 2] = [
    r#"search(query: "lake", locales: ["en"]) { edges { score node { ASKED } } }"#,
    r#"search(query: "сорак", locales: ["be", "ru", "en"]) { nodes { ASKED } }"#,
];

const LOCALES: [&str; 2] = [r#"["en"]"#, r#"["be", "ru", "en"]"#];

/// Each field of the filter, and of the order.
const WHICH: [&str; 24] = [
    "filter: {and: [{trend: {isNull: true}}]},",
    "filter: {or: [{position: {eq: 1}}, {position: {gt: 2}}]},",
    "filter: {not: {year: {lt: 2000}}},",
    r#"filter: {not: {id: {eq: "QXJ0aWNsZTox"}}},"#,
    r#"filter: {not: {slug: {eq: "x"}}},"#,
    r#"filter: {title: {contains: "a"}},"#,
    r#"filter: {locale: {eq: "en"}},"#,
    r#"filter: {originalLocale: {eq: "be"}},"#,
    r#"filter: {availableIn: ["be"]},"#,
    "filter: {trend: {isNull: false}},",
    "filter: {position: {lt: 3}},",
    r#"filter: {publishedAt: {gt: "2001-01-01T00:00:00Z"}},"#,
    r#"filter: {updatedAt: {gt: "2001-01-01T00:00:00Z"}},"#,
    "filter: {issue: {number: {gt: 1}}},",
    "filter: {topic: {position: {gt: 1}}},",
    "filter: {authors: {none: {slug: {in: []}}}},",
    "filter: {year: {gt: 2000}},",
    "orderBy: [{field: UPDATED_AT}],",
    "orderBy: [{field: TITLE}],",
    "orderBy: [{field: POSITION}],",
    "orderBy: [{field: ISSUE_NUMBER}],",
    "orderBy: [{field: ISSUE_STARTS_ON}],",
    "orderBy: [{field: TOPIC_POSITION}],",
    "orderBy: [{field: PUBLISHED_AT, direction: DESC}, {field: POSITION}],",
];

#[tokio::test]
async fn a_field_says_alone_what_it_says_among_others() {
    TestApp::on_each_engine(async |app| {
        demo::load(app.database(), app.clock()).await.unwrap();
        let aliased: Vec<String> = (0..)
            .zip(FIELDS)
            .map(|(n, field)| format!("f{n}: {field}"))
            .collect();
        let aliased = aliased.join(" ");
        for list in LISTS.into_iter().chain(SEARCHES) {
            for locales in LOCALES {
                let ask = |asked: &str| query(list, locales, "", asked);
                let together = articles(app, &ask(&aliased)).await;
                assert!(!together.is_empty(), "{list}");

                for (n, field) in FIELDS.iter().enumerate() {
                    let alone = articles(app, &ask(&format!("f{n}: {field}"))).await;

                    let name = format!("f{n}");
                    let of = |articles: &[Value]| -> Vec<Value> {
                        articles.iter().map(|it| it[&name].clone()).collect()
                    };
                    assert_eq!(of(&alone), of(&together), "{field} in {list}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_list_holds_does_not_depend_on_what_is_asked_of_it() {
    TestApp::on_each_engine(async |app| {
        demo::load(app.database(), app.clock()).await.unwrap();
        for which in WHICH {
            for list in LISTS {
                for locales in LOCALES {
                    let ask = |asked: &str| query(list, locales, which, asked);
                    let whole = articles(app, &ask("slug key trend state")).await;

                    let slugs = articles(app, &ask("slug")).await;

                    let slug = |article: &Value| article["slug"].clone();
                    let expected: Vec<Value> = whole.iter().map(slug).collect();
                    let found: Vec<Value> = slugs.iter().map(slug).collect();
                    assert_eq!(found, expected, "{which} in {list}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_field_of_an_article_is_asked_here() {
    TestApp::on_each_engine(async |app| {
        let answer = app
            .query(r#"{ __type(name: "Article") { fields { name } } }"#)
            .await;

        for name in answer.texts("/__type/fields", "name") {
            let is_name = |field: &&str| field.split([' ', '(']).next() == Some(name);
            assert!(FIELDS.iter().any(is_name), "{name}");
        }
    })
    .await;
}

fn query(list: &str, locales: &str, which: &str, asked: &str) -> String {
    let list = list.replace("LOCALES", locales).replace("WHICH", which);
    format!("{{ {} }}", list.replace("ASKED", asked))
}

/// The articles of an answer, in order.
async fn articles(app: &TestApp, query: &str) -> Vec<Value> {
    let answer = app.query(query).await;
    let mut found = Vec::new();
    collect(answer.expect_data(), &mut found);
    found
}

/// The objects that hold no list of others.
fn collect(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            let below = ["articles", "issues", "topics", "authors", "search"];
            let below = below.into_iter().chain(["nodes", "edges", "node"]);
            let inner: Vec<&Value> = below.filter_map(|name| fields.get(name)).collect();
            if inner.is_empty() {
                found.push(value.clone());
            }
            inner.into_iter().for_each(|value| collect(value, found));
        }
        _ => {}
    }
}
