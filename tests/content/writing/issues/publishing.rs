//! An issue comes out with what is ready of it, and is taken back.

use async_graphql::ID;
use chrono::TimeDelta;
use futures_util::future::join;
use masthead::access::Role;
use masthead::change_log::Position;
use masthead::content::issue::publish_issue;
use masthead::graphql::id::decode_as;
use serde_json::{Value, json};
use support::seed::{Content, article, issue};
use support::{TestApp, key};

use super::{approve, publish, read};
use crate::change_log::{position, told};

/// Issue 1 with three articles: `ready` is approved in `en`, `half` is approved
/// in `en` and in review in `be`, `raw` is a draft.
async fn seed(app: &TestApp) {
    let content: Content = vec![
        article("ready").only_in(["en"]).in_review("en"),
        article("half")
            .only_in(["en", "be"])
            .in_review("en")
            .in_review("be"),
        article("raw").only_in(["en"]).draft("en"),
    ]
    .into();
    app.seed(issue(1).only_in(["en", "be"]).unpublished().with(content))
        .await;
    approve(app, "ready", "en").await;
    approve(app, "half", "en").await;
}

#[tokio::test]
async fn an_issue_comes_out_with_what_is_approved_and_tells_what_is_not() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let answer = publish(app, 1).await;

        assert_eq!(answer.at("/issuePublish"), &json!({
            "issue": {"state": "PUBLISHED", "publishedAt": "2021-03-10T12:00:00Z", "factsVersion": 2},
            "published": [
                {"locale": "en", "article": {"slug": "ready"}},
                {"locale": "en", "article": {"slug": "half"}},
            ],
            "notReady": [
                {"locale": "be", "state": "IN_REVIEW", "article": {"slug": "half"}},
                {"locale": "en", "state": "DRAFT", "article": {"slug": "raw"}},
            ],
            "userErrors": [],
        }));
        let readers = app
            .query(r#"{ articles(locales: ["en", "be"]) { nodes { slug locale publishedAt } } }"#)
            .await;
        assert_eq!(readers.at("/articles/nodes"), &json!([
            {"slug": "half", "locale": "en", "publishedAt": "2021-03-10T12:00:00Z"},
            {"slug": "ready", "locale": "en", "publishedAt": "2021-03-10T12:00:00Z"},
        ]));
    })
    .await;
}

#[tokio::test]
async fn what_is_published_in_its_state_already_comes_out_too() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            issue(1)
                .unpublished()
                .with(article("imported").only_in(["en"])),
        )
        .await;

        let answer = publish(app, 1).await;

        let published = answer.at("/issuePublish/published");
        assert_eq!(
            published,
            &json!([{"locale": "en", "article": {"slug": "imported"}}])
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_of_which_nothing_is_ready_does_not_come_out() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            issue(1)
                .unpublished()
                .with(article("raw").only_in(["en"]).draft("en")),
        )
        .await;
        let before = position(app).await;

        let answer = publish(app, 1).await;

        let payload = answer.at("/issuePublish");
        assert_eq!(payload["userErrors"][0]["code"], "WRONG_STATE");
        assert_eq!(payload["issue"]["state"], "DRAFT");
        assert_eq!(payload["issue"]["factsVersion"], 1);
        assert_eq!(payload["notReady"][0]["article"]["slug"], "raw");
        assert!(told(app, before).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn publishing_again_takes_along_what_became_ready_since_and_is_no_error_without() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        publish(app, 1).await;
        app.clock().advance(TimeDelta::days(2));

        let nothing = publish(app, 1).await;
        approve(app, "half", "be").await;
        let more = publish(app, 1).await;

        assert_eq!(nothing.at("/issuePublish/published"), &json!([]));
        assert_eq!(nothing.at("/issuePublish/userErrors"), &json!([]));
        assert_eq!(
            more.at("/issuePublish/published"),
            &json!([{"locale": "be", "article": {"slug": "half"}}])
        );
        assert_eq!(
            more.at("/issuePublish/issue"),
            &json!({
                "state": "PUBLISHED", "publishedAt": "2021-03-10T12:00:00Z", "factsVersion": 2,
            })
        );
        let late = app
            .query(r#"{ article(by: {slug: "half"}, locales: ["be"]) { publishedAt } }"#)
            .await;
        assert_eq!(late.at("/article/publishedAt"), "2021-03-12T12:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn an_issue_may_be_dated_back_but_not_forward() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let (id, version) = read(app, 1).await;
        let publish_at = async |time: &str| {
            let input = json!({"issue": id, "expectedVersion": version, "publishedAt": time});
            let selection = "issue { publishedAt } userErrors { code field }";
            app.mutate_as(&key(Role::Publisher), "issuePublish", input, selection)
                .await
        };

        let forward = publish_at("2021-03-10T12:00:01Z").await;
        let back = publish_at("2021-03-08T06:00:00Z").await;

        let error = forward.at("/issuePublish/userErrors/0");
        assert_eq!(error, &json!({"code": "INVALID", "field": ["publishedAt"]}));
        assert_eq!(
            back.at("/issuePublish/issue/publishedAt"),
            "2021-03-08T06:00:00Z"
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_that_is_taken_back_vanishes_as_a_whole_and_comes_out_again_as_it_was() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        publish(app, 1).await;
        let before = position(app).await;
        let (id, version) = read(app, 1).await;
        let input = json!({"issue": id, "expectedVersion": version});
        let selection =
            "issue { state publishedAt articles { nodes { state } } } userErrors { code }";

        let answer = app
            .mutate_as(&key(Role::Publisher), "issueUnpublish", input, selection)
            .await;

        let payload = answer.at("/issueUnpublish");
        assert_eq!(payload["issue"]["state"], "DRAFT");
        assert_eq!(payload["issue"]["publishedAt"], Value::Null);
        assert_eq!(
            payload["issue"]["articles"]["nodes"][0]["state"],
            "PUBLISHED"
        );
        assert_eq!(
            told(app, before).await,
            [
                "UNPUBLISHED ISSUE 1 be",
                "UNPUBLISHED ISSUE 1 en",
                "UNPUBLISHED ARTICLE ready en",
                "UNPUBLISHED ARTICLE half en",
            ]
        );
        let again = publish(app, 1).await;
        assert_eq!(
            again
                .at("/issuePublish/published")
                .as_array()
                .unwrap()
                .len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_not_published_can_not_be_taken_back() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let (id, version) = read(app, 1).await;
        let input = json!({"issue": id, "expectedVersion": version});

        let answer = app
            .mutate_as(
                &key(Role::Publisher),
                "issueUnpublish",
                input,
                "userErrors { code field }",
            )
            .await;

        let errors = answer.at("/issueUnpublish/userErrors");
        assert_eq!(
            errors,
            &json!([{"code": "WRONG_STATE", "field": ["issue"]}])
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_publishers_at_once_one_is_told_that_it_is_stale() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let before = position(app).await;
        let (id, version) = read(app, 1).await;
        let publish = || {
            let input = json!({"issue": id, "expectedVersion": version});
            let selection = "published { locale } userErrors { code }";
            async {
                app.mutate_as(&key(Role::Publisher), "issuePublish", input, selection)
                    .await
            }
        };

        let (one, other) = join(publish(), publish()).await;

        let mut outcomes = [one, other].map(|answer| {
            let payload = answer.at("/issuePublish").clone();
            (
                payload["published"].as_array().unwrap().len(),
                payload["userErrors"].clone(),
            )
        });
        outcomes.sort_by_key(|(published, _)| *published);
        assert_eq!(
            outcomes,
            [(0, json!([{"code": "STALE_VERSION"}])), (2, json!([])),]
        );
        let told = told(app, before).await;
        assert_eq!(
            told.iter()
                .filter(|entry| entry.contains("PUBLISHED ISSUE"))
                .count(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn a_publication_is_told_to_the_change_log_as_one() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        publish(app, 1).await;

        let told = told(app, Position::START).await;
        assert_eq!(
            told[told.len() - 4..],
            [
                "PUBLISHED ISSUE 1 be",
                "PUBLISHED ISSUE 1 en",
                "PUBLISHED ARTICLE ready en",
                "PUBLISHED ARTICLE half en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_publication_that_is_broken_off_leaves_nothing_behind() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let before = position(app).await;
        let (id, version) = read(app, 1).await;
        let issue = decode_as(&ID::from(id.as_str().unwrap()), "Issue").unwrap();

        let mut writing = app.writing().await;
        let published = publish_issue(&mut writing, issue, None, None).await;
        drop(writing);

        assert_eq!(published.unwrap().len(), 2);
        let readers = app
            .query("{ issues { totalCount } articles { totalCount } }")
            .await;
        let none = json!({"issues": {"totalCount": 0}, "articles": {"totalCount": 0}});
        assert_eq!(readers.expect_data(), &none);
        assert_eq!(read(app, 1).await, (id, version));
        assert!(told(app, before).await.is_empty());
        let again = publish(app, 1).await;
        let published = again.at("/issuePublish/published");
        assert_eq!(published.as_array().unwrap().len(), 2);
    })
    .await;
}
