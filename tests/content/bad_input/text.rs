//! Texts that can't be kept, or are too long to look for.

use serde_json::json;
use support::TestApp;

use super::{refuse, seed};

#[tokio::test]
async fn a_null_character_is_refused_wherever_it_stands() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let by = json!({"slug": "a\0b"});
        let slug = "a slug can't hold a null character";
        let tag = "\"a\u{fffd}b\" is not a BCP 47 language tag, such as en or be-tarask";
        let id = "\"a\u{fffd}b\" is not an id of this API";
        let cursor = "\"a\u{fffd}b\" is not a cursor of this API";

        for (query, of_type, value, code, text) in [
            (
                "{ article(by: $v) { key } }",
                "ArticleBy!",
                by.clone(),
                "INVALID_VALUE",
                slug,
            ),
            (
                "{ issue(by: $v) { slug } }",
                "IssueBy!",
                by.clone(),
                "INVALID_VALUE",
                slug,
            ),
            (
                "{ topic(by: $v) { slug } }",
                "TopicBy!",
                by.clone(),
                "INVALID_VALUE",
                slug,
            ),
            (
                "{ author(by: $v) { slug } }",
                "AuthorBy!",
                by,
                "INVALID_VALUE",
                slug,
            ),
            (
                "{ articles(filter: {slug: {in: $v}}) { totalCount } }",
                "[Slug!]",
                json!(["a\0b"]),
                "INVALID_VALUE",
                slug,
            ),
            (
                "{ articles(locales: $v) { totalCount } }",
                "[Locale!]",
                json!(["a\0b"]),
                "INVALID_VALUE",
                tag,
            ),
            (
                "{ articles(filter: {locale: {eq: $v}}) { totalCount } }",
                "Locale",
                json!("a\0b"),
                "INVALID_VALUE",
                tag,
            ),
            (
                "{ articles(filter: {availableIn: $v}) { totalCount } }",
                "[Locale!]",
                json!(["a\0b"]),
                "INVALID_VALUE",
                tag,
            ),
            (
                "{ node(id: $v) { id } }",
                "ID!",
                json!("a\0b"),
                "INVALID_ID",
                id,
            ),
            (
                "{ articles(filter: {id: {eq: $v}}) { totalCount } }",
                "ID",
                json!("a\0b"),
                "INVALID_ID",
                id,
            ),
            (
                "{ articles(after: $v) { nodes { key } } }",
                "String",
                json!("a\0b"),
                "INVALID_CURSOR",
                cursor,
            ),
            (
                "{ issues(before: $v) { nodes { slug } } }",
                "String",
                json!("a\0b"),
                "INVALID_CURSOR",
                cursor,
            ),
        ] {
            refuse(app, &[(query, of_type, value, code, text)]).await;
        }
        for field in ["eq", "startsWith", "contains"] {
            let text = format!("\"{field}\" is a text without null characters");
            for query in [
                format!("{{ articles(filter: {{title: {{{field}: $v}}}}) {{ totalCount }} }}"),
                format!("{{ topics(filter: {{name: {{{field}: $v}}}}) {{ totalCount }} }}"),
            ] {
                refuse(
                    app,
                    &[(&query, "String", json!("a\0b"), "INVALID_VALUE", &text)],
                )
                .await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn slugs_and_texts_have_a_length() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let long = "ў".repeat(201);

        refuse(
            app,
            &[
                (
                    "{ article(by: $v) { key } }",
                    "ArticleBy!",
                    json!({"slug": ""}),
                    "INVALID_VALUE",
                    "a slug has 1 to 200 characters, not 0",
                ),
                (
                    "{ article(by: $v) { key } }",
                    "ArticleBy!",
                    json!({"slug": long}),
                    "INVALID_VALUE",
                    "a slug has 1 to 200 characters, not 201",
                ),
                (
                    "{ articles(filter: {title: {contains: $v}}) { totalCount } }",
                    "String",
                    json!(long),
                    "INVALID_VALUE",
                    "\"contains\" is at most 200 characters long, not 201",
                ),
                (
                    "{ articles(filter: {title: {in: $v}}) { totalCount } }",
                    "[String!]",
                    json!([long]),
                    "INVALID_VALUE",
                    "\"in\" is at most 200 characters long, not 201",
                ),
            ],
        )
        .await;
        let query =
            "query($v: String) { articles(filter: {title: {contains: $v}}) { totalCount } }";
        let answer = app.query_with(query, json!({"v": "ў".repeat(200)})).await;
        assert_eq!(*answer.at("/articles/totalCount"), 0);
    })
    .await;
}
