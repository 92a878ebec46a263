//! Every language of a thing at once, and which way each runs.

use insta::assert_json_snapshot;
use serde_json::json;
use support::TestApp;
use support::seed::{article, issue, publication};

#[tokio::test]
async fn the_translations_of_a_thing_are_all_there_whatever_the_reader() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            publication().locales(["ru", "en", "be"]).with(
                issue(1).untitled("en").with([article("ice")
                    .by(["anna"])
                    .draft("ru")
                    .original("be")
                    .published_in_at("be", "2021-02-03T10:00:00Z")]),
            ),
        )
        .await;

        let answer = app
            .query(
                r#"{ articles(locales: [en]) { nodes {
                    isOriginal originalLocale
                    translations { locale slug title state isOriginal publishedAt url direction version }
                    issue { translations { locale title slug url } }
                    topic { translations { locale title description } }
                    authors { translations { locale title bio } } } } }"#,
            )
            .await;

        assert_json_snapshot!(answer.at("/articles/nodes/0"), @r#"
        {
          "authors": [
            {
              "translations": [
                {
                  "bio": "About anna in ru",
                  "locale": "ru",
                  "title": "anna ru"
                },
                {
                  "bio": "About anna in en",
                  "locale": "en",
                  "title": "anna en"
                },
                {
                  "bio": "About anna in be",
                  "locale": "be",
                  "title": "anna be"
                }
              ]
            }
          ],
          "isOriginal": false,
          "issue": {
            "translations": [
              {
                "locale": "ru",
                "slug": "issue-1",
                "title": "Issue 1 ru",
                "url": "https://example.org/ru/issues/issue-1"
              },
              {
                "locale": "en",
                "slug": "issue-1",
                "title": null,
                "url": "https://example.org/en/issues/issue-1"
              },
              {
                "locale": "be",
                "slug": "issue-1",
                "title": "Issue 1 be",
                "url": "https://example.org/be/issues/issue-1"
              }
            ]
          },
          "originalLocale": "be",
          "topic": {
            "translations": [
              {
                "description": "About general in ru",
                "locale": "ru",
                "title": "general ru"
              },
              {
                "description": "About general in en",
                "locale": "en",
                "title": "general en"
              },
              {
                "description": "About general in be",
                "locale": "be",
                "title": "general be"
              }
            ]
          },
          "translations": [
            {
              "direction": "LTR",
              "isOriginal": false,
              "locale": "en",
              "publishedAt": "2020-01-13T09:00:00Z",
              "slug": "ice",
              "state": "PUBLISHED",
              "title": "ice en",
              "url": "https://example.org/en/articles/ice",
              "version": 1
            },
            {
              "direction": "LTR",
              "isOriginal": true,
              "locale": "be",
              "publishedAt": "2021-02-03T10:00:00Z",
              "slug": "ice",
              "state": "PUBLISHED",
              "title": "ice be",
              "url": "https://example.org/be/articles/ice",
              "version": 1
            }
          ]
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn all_translations_are_listed_in_each_of_the_readers_locales() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").draft("be"), article("wells").only_in(["en"])])
            .await;

        let answer = app
            .query(
                r#"{ translations(locales: [ru, be], orderBy: [{field: SLUG}, {field: LOCALE}]) {
                    totalCount nodes { type: __typename locale slug
                        ... on ArticleTranslation { article { title } }
                        ... on IssueTranslation { issue { title } }
                        ... on TopicTranslation { topic(locales: [en]) { name } } } } }"#,
            )
            .await;

        assert_eq!(
            *answer.at("/translations"),
            json!({"totalCount": 5, "nodes": [
                {"type": "TopicTranslation", "locale": "be", "slug": "general", "topic": {"name": "general en"}},
                {"type": "TopicTranslation", "locale": "ru", "slug": "general", "topic": {"name": "general en"}},
                {"type": "ArticleTranslation", "locale": "ru", "slug": "ice", "article": {"title": "ice ru"}},
                {"type": "IssueTranslation", "locale": "be", "slug": "issue-1", "issue": {"title": "Issue 1 ru"}},
                {"type": "IssueTranslation", "locale": "ru", "slug": "issue-1", "issue": {"title": "Issue 1 ru"}},
            ]})
        );
    })
    .await;
}

#[tokio::test]
async fn arabic_runs_from_right_to_left() {
    TestApp::on_each_engine(async |app| {
        let locales = ["en", "ar", "sr-Latn", "he"];
        app.seed(publication().locales(locales).with(article("ice")))
            .await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "ice"}, locales: [ar]) { direction issue { direction }
                        topic { direction } translations { locale direction } }
                     publication(locales: [ar]) { direction locales { tag direction } } }"#,
            )
            .await;

        let each = |tag: &str| {
            let direction =
                |(locale, direction): (&str, &str)| json!({tag: locale, "direction": direction});
            [
                ("en", "LTR"),
                ("ar", "RTL"),
                ("sr-Latn", "LTR"),
                ("he", "RTL"),
            ]
            .map(direction)
        };
        assert_eq!(
            *answer.expect_data(),
            json!({
                "article": {"direction": "RTL", "issue": {"direction": "RTL"},
                    "topic": {"direction": "RTL"}, "translations": each("locale")},
                "publication": {"direction": "RTL", "locales": each("tag")},
            })
        );
    })
    .await;
}

#[tokio::test]
async fn the_publication_names_itself_in_the_readers_language() {
    TestApp::on_each_engine(async |app| {
        app.import(
            r#"{"kind":"publication","format":1,"name":{"en":"Week","ru":"Неделя"},"description":{"ru":"О неделе"},"locales":["en","be","ru"],"defaultLocale":"en","timeZone":"Europe/Minsk","url":"https://example.org"}"#,
        )
        .await
        .unwrap();

        let answer = app
            .query(
                "fragment f on Publication { name description locale isFallback }
                 { be: publication(locales: [be, ru]) { ...f } en: publication { ...f }
                   none: publication(locales: [be]) { ...f } }",
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "be": {"name": "Неделя", "description": "О неделе", "locale": "ru", "isFallback": true},
                "en": {"name": "Week", "description": null, "locale": "en", "isFallback": false},
                "none": {"name": null, "description": null, "locale": "be", "isFallback": false},
            })
        );
    })
    .await;
}
