//! The locales that a publication has, and those that it lacks.

use serde_json::json;
use support::TestApp;
use support::seed::{Content, article, publication};

#[tokio::test]
async fn a_locale_that_the_publication_lacks_is_refused_with_those_it_has() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        for query in [
            "{ articles(locales: [be, fr]) { nodes { key } } }",
            "{ latestIssue(locales: [fr]) { slug } }",
            "{ articles { nodes { topic(locales: [fr]) { name } } } }",
            "{ articles { nodes { next(locales: [fr]) { key } } } }",
            "{ publication(locales: [fr]) { url } }",
            r#"{ nodes(ids: ["QXJ0aWNsZTox"], locales: [fr]) { id } }"#,
        ] {
            let answer = app.query(query).await;

            assert_eq!(answer.code(), Some("UNKNOWN_LOCALE"), "{query}");
            let text = r#"the publication has no locale "fr"; it has en, be, ru"#;
            assert_eq!(answer.message(), Some(text), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_answers_with_nothing_and_no_error() {
    TestApp::on_each_engine(async |app| {
        let page = "{ totalCount nodes { __typename } edges { cursor }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        for locales in ["locales: [be, en], ", ""] {
            let answer = app
                .query(&format!(
                    r#"{{
                        publication {{ name }} latestIssue {{ title }}
                        issue(by: {{on: "2021-02-08"}}) {{ title }}
                        article(by: {{slug: "ice"}}) {{ title }} topic(by: {{slug: "ice"}}) {{ name }}
                        author(by: {{slug: "ice"}}) {{ name }} node(id: "QXJ0aWNsZTox") {{ id }}
                        nodes(ids: ["QXJ0aWNsZTox"]) {{ id }}
                        issues({locales}first: 2) {page} articles({locales}first: 2) {page}
                        topics({locales}last: 2) {page} authors({locales}last: 2) {page}
                        translations({locales}first: 2) {page}
                    }}"#
                ))
                .await;

            let none = json!({"totalCount": 0, "nodes": [], "edges": [], "pageInfo": {
                "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null,
            }});
            assert_eq!(
                *answer.expect_data(),
                json!({
                    "publication": null, "latestIssue": null, "issue": null, "article": null,
                    "topic": null, "author": null, "node": null, "nodes": [null],
                    "issues": none, "articles": none, "topics": none, "authors": none,
                    "translations": none,
                })
            );
        }
    })
    .await;
}

#[tokio::test]
async fn content_in_one_locale_alone_is_a_publication_too() {
    TestApp::on_each_engine(async |app| {
        app.seed(Content::from(publication().locales(["be-tarask"])).with(article("ice")))
            .await;

        let answer = app
            .query(r#"{ articles(locales: ["be-TARASK"]) { nodes { title locale isFallback } } }"#)
            .await;

        assert_eq!(
            *answer.at("/articles/nodes"),
            json!([{"title": "ice be-tarask", "locale": "be-tarask", "isFallback": false}])
        );
    })
    .await;
}
