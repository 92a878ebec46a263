//! Ids that this API did not give out, or that are of another type.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use support::TestApp;

use super::{Case, refuse, seed};

fn id(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn forged_ids_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for forged in [
            "nonsense".to_owned(),
            String::new(),
            "QXJ0aWNsZTox=".to_owned(),
            "QXJ0aWNsZTo x".to_owned(),
            "1".to_owned(),
            id("Article"),
            id("Article:"),
            id("Article:one"),
            id("Article:0"),
            id("Article:01"),
            id("Article:+1"),
            id("Article:-1"),
            id("Article:1:2"),
            id("Article:1 OR 1=1"),
            id("Article:9223372036854775808"),
            // The last bits of the last letter stand for nothing.
            "VG9waWM6MR".to_owned(),
        ] {
            let text = format!("\"{forged}\" is not an id of this API");
            let case = |query, of_type, value| (query, of_type, value, "INVALID_ID", text.as_str());
            refuse(
                app,
                &[
                    case("{ node(id: $v) { id } }", "ID!", json!(forged)),
                    case(
                        "{ nodes(ids: $v) { id } }",
                        "[ID!]!",
                        json!([id("Article:1"), forged]),
                    ),
                    case(
                        "{ article(by: $v) { key } }",
                        "ArticleBy!",
                        json!({"id": forged}),
                    ),
                    case(
                        "{ articles(filter: $v) { totalCount } }",
                        "ArticleFilter",
                        json!({"topic": {"id": {"eq": forged}}}),
                    ),
                    case(
                        "{ translations(filter: $v) { totalCount } }",
                        "TranslationFilter",
                        json!({"parent": {"in": [forged]}}),
                    ),
                ],
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_id_of_no_type_that_has_ids_is_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for (foreign, of) in [
            ("Publication:1", "Publication"),
            ("article:1", "article"),
            (":1", ""),
        ] {
            let foreign = id(foreign);
            let none = format!("\"{foreign}\" is not an id of this API");
            let other = format!("the id \"{foreign}\" is of {of}, not of Article");
            let by = json!({"id": foreign});
            refuse(
                app,
                &[
                    (
                        "{ node(id: $v) { id } }",
                        "ID!",
                        json!(foreign),
                        "INVALID_ID",
                        &none,
                    ),
                    (
                        "{ article(by: $v) { key } }",
                        "ArticleBy!",
                        by,
                        "INVALID_ID",
                        &other,
                    ),
                ],
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn ids_of_another_type_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let topic = id("Topic:1");
        let words = id("ArticleTranslation:1");

        let other = |wanted| format!("the id \"{topic}\" is of Topic, not of {wanted}");
        let [article, issue, author] = ["Article", "Issue", "Author"].map(other);
        let translated = format!(
            "the id \"{words}\" is of ArticleTranslation, not of Issue, Article, Topic or Author"
        );
        let by = json!({"id": topic});
        let cases: [Case<'_>; 5] = [
            (
                "{ article(by: $v) { key } }",
                "ArticleBy!",
                by.clone(),
                "INVALID_ID",
                &article,
            ),
            (
                "{ issue(by: $v) { slug } }",
                "IssueBy!",
                by.clone(),
                "INVALID_ID",
                &issue,
            ),
            (
                "{ author(by: $v) { slug } }",
                "AuthorBy!",
                by,
                "INVALID_ID",
                &author,
            ),
            (
                "{ articles(filter: {id: {in: $v}}) { totalCount } }",
                "[ID!]",
                json!([topic]),
                "INVALID_ID",
                &article,
            ),
            (
                "{ translations(filter: {parent: {eq: $v}}) { totalCount } }",
                "ID",
                json!(words),
                "INVALID_ID",
                &translated,
            ),
        ];
        refuse(app, &cases).await;
    })
    .await;
}

#[tokio::test]
async fn an_id_of_what_is_gone_is_none_of_these() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for gone in [
            "Article:9223372036854775807",
            "Issue:999",
            "AuthorTranslation:999",
        ] {
            let query = format!("{{ node(id: {:?}) {{ id }} }}", id(gone));
            let answer = app.query(&query).await;

            assert!(answer.expect_data()["node"].is_null(), "{gone}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_without_end_is_not_repeated_whole() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let endless = "x".repeat(100_000);

        for query in [
            "query($v: ID!) { node(id: $v) { id } }",
            "query($v: String!) { articles(after: $v) { nodes { key } } }",
            "query($v: [Locale!]) { articles(locales: $v) { totalCount } }",
            "query($v: Date!) { issue(by: {on: $v}) { slug } }",
            "query($v: Week!) { issue(by: {week: $v}) { slug } }",
            "query($v: Slug!) { issue(by: {slug: $v}) { slug } }",
            "query($v: ArticleFilter) { articles(filter: $v) { totalCount } }",
            "query($v: [ArticleOrder!]) { articles(orderBy: $v) { totalCount } }",
        ] {
            let answer = app.query_with(query, json!({"v": endless})).await;

            let length = answer.message().unwrap().chars().count();
            assert!(length < 420, "{length} characters: {query}");
        }
        let answer = app.query(&format!("{{ {endless} }}")).await;
        assert!(answer.message().unwrap().chars().count() < 420);
        let answer = app.query(&format!("{{ a(b: \"{endless}\") ! }}")).await;
        assert_eq!(answer.code(), Some("GRAPHQL_PARSE_FAILED"));
        assert!(answer.message().unwrap().chars().count() < 420);
    })
    .await;
}
