//! Bodies as the API answers them.

use insta::assert_json_snapshot;
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::article;

const TEXT: &str = "# Лёд\n\nThree *days* of fog, and [nothing](https://example.org) moved.\n";

#[tokio::test]
async fn a_body_has_many_forms() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").body("en", TEXT)).await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "ice"}, locales: [en]) { excerpt(length: 14) wordCount readingMinutes
                    body { html text headings { level text anchor } excerpt(length: 3, unit: WORDS) } } }"#,
            )
            .await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "article": {
            "body": {
              "excerpt": "Лёд Three days…",
              "headings": [
                {
                  "anchor": "h-лёд",
                  "level": 1,
                  "text": "Лёд"
                }
              ],
              "html": "<h1 id=\"h-лёд\">Лёд</h1>\n<p>Three <em>days</em> of fog, and <a href=\"https://example.org\" rel=\"noopener noreferrer\">nothing</a> moved.</p>\n",
              "text": "Лёд\nThree days of fog, and nothing moved."
            },
            "excerpt": "Лёд Three…",
            "readingMinutes": 1,
            "wordCount": 8
          }
        }
        "#);
        assert_eq!(answer.statements, 1);
    })
    .await;
}

#[tokio::test]
async fn a_translation_has_the_same_forms() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"]).body("en", TEXT)).await;
        let fields = "excerpt wordCount readingMinutes body { markdown html text blocks headings { anchor } excerpt }";

        let answer = app
            .query(&format!(
                r#"{{ article(by: {{slug: "ice"}}) {{ {fields} translations {{ {fields} }} }} }}"#
            ))
            .await;

        let mut article = answer.at("/article").clone();
        let translations = article.as_object_mut().unwrap().remove("translations").unwrap();
        assert_eq!(translations[0], article);
        assert_eq!(answer.statements, 3, "the article, its translations, their forms");
    })
    .await;
}

#[tokio::test]
async fn forms_that_are_not_stored_are_made_when_they_are_asked_for() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").body("en", TEXT), article("wells")]).await;
        let query = "{ articles(locales: [en]) { nodes { excerpt wordCount readingMinutes
            body { markdown html text blocks headings { anchor } } translations { wordCount body { html } } } } }";
        let stored = app.query(query).await;
        app.database().writer().execute_unprepared("DELETE FROM article_texts").await.unwrap();

        let made = app.query(query).await;

        assert_eq!(made.expect_data(), stored.expect_data());
        // What is not there, and the sources: of the articles, of their
        // translations.
        assert_eq!((stored.statements, made.statements), (3, 6));
    })
    .await;
}

#[tokio::test]
async fn forms_follow_the_words() {
    TestApp::on_each_engine(async |app| {
        let query =
            r#"{ article(by: {slug: "ice"}, locales: [en]) { wordCount body { html blocks } } }"#;
        app.seed(article("ice").body("en", "one")).await;
        let before = app.query(query).await;
        assert_eq!(*before.at("/article/wordCount"), 1);

        app.seed(article("ice").body("en", "now *three* words"))
            .await;

        let answer = app.query(query).await;
        assert_eq!(*answer.at("/article/wordCount"), 3);
        assert_eq!(
            *answer.at("/article/body/html"),
            "<p>now <em>three</em> words</p>\n"
        );
    })
    .await;
}

#[tokio::test]
async fn an_excerpt_of_a_length_that_is_none_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        for length in ["0", "-1", "10001", "1000000", "-2147483648", "2147483647"] {
            for field in [
                "excerpt(length: N)",
                "body { excerpt(length: N, unit: WORDS) }",
            ] {
                let field = field.replace('N', length);
                let answer = app
                    .query(&format!("{{ articles {{ nodes {{ {field} }} }} }}"))
                    .await;

                assert_eq!(answer.code(), Some("INVALID_VALUE"), "{field}");
                let message = format!("\"length\" is a number from 1 to 10000, not {length}");
                assert_eq!(answer.message(), Some(message.as_str()));
            }
        }
        for length in ["1", "10000", "null"] {
            let field = format!("excerpt(length: {length}, unit: null)");
            let answer = app
                .query(&format!("{{ articles {{ nodes {{ {field} }} }} }}"))
                .await;

            assert_eq!(answer.code(), None);
        }
    })
    .await;
}
