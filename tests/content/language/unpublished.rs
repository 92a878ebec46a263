//! What is not published neither shows nor hides anything.

use serde_json::json;
use support::TestApp;
use support::seed::{article, issue};

#[tokio::test]
async fn a_draft_in_a_preferred_locale_neither_shows_nor_hides_the_published_fallback() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").draft("be"), article("wells").in_review("be")])
            .await;

        let answer = app
            .query(
                r#"{
                    list: articles(locales: [be, ru], orderBy: [{field: TITLE}]) {
                        totalCount nodes { title locale isFallback } }
                    found: article(by: {slug: "ice"}, locales: [be, ru]) { title }
                    none: article(by: {slug: "ice"}, locales: [be]) { title }
                    drafts: translations(locales: [be], filter: {type: {eq: ARTICLE}}) { totalCount }
                }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "list": {"totalCount": 2, "nodes": [
                    {"title": "ice ru", "locale": "ru", "isFallback": true},
                    {"title": "wells ru", "locale": "ru", "isFallback": true},
                ]},
                "found": {"title": "ice ru"},
                "none": null,
                "drafts": {"totalCount": 0},
            })
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_a_draft_everywhere_does_not_exist() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["en"]).draft("en"),
            article("wells").only_in(["en"]),
        ])
        .await;

        let answer = app
            .query(
                r#"{ articles { totalCount nodes { key } } article(by: {slug: "ice"}) { key }
                     latestIssue { articles { totalCount nodes { key next { key } previous { key } } } } }"#,
            )
            .await;

        assert_eq!(answer.texts("/articles/nodes", "key"), ["wells"]);
        assert_eq!(*answer.at("/articles/totalCount"), 1);
        assert!(answer.at("/article").is_null());
        assert_eq!(
            *answer.at("/latestIssue/articles"),
            json!({"totalCount": 1, "nodes": [{"key": "wells", "next": null, "previous": null}]})
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_issue_that_has_not_come_out_exists() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).with(article("old")),
            issue(2).unpublished().with(article("new").published_at("2021-01-01T00:00:00Z")),
        ])
        .await;

        let answer = app
            .query(
                r#"{
                    issues { totalCount nodes { slug next { slug } } } latestIssue { slug }
                    issue(by: {number: 2}) { slug } article(by: {slug: "new"}) { key }
                    articles { totalCount nodes { key } }
                    topic(by: {slug: "general"}) { articles { totalCount nodes { key next(scope: TOPIC) { key } } } }
                    translations(filter: {type: {in: [ISSUE, ARTICLE]}}) { totalCount }
                }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "issues": {"totalCount": 1, "nodes": [{"slug": "issue-1", "next": null}]},
                "latestIssue": {"slug": "issue-1"},
                "issue": null, "article": null,
                "articles": {"totalCount": 1, "nodes": [{"key": "old"}]},
                "topic": {"articles": {"totalCount": 1, "nodes": [{"key": "old", "next": null}]}},
                "translations": {"totalCount": 2},
            })
        );
    })
    .await;
}
