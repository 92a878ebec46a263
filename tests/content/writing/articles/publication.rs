//! Words are published and unpublished, one by one.

use chrono::Duration;
use masthead::access::Role;
use serde_json::json;
use support::seed::{Content, article, issue};
use support::{NOW, TestApp, key};

use super::{ARTICLE, article_id, change, is_public, publish, which, words, wrong};

#[tokio::test]
async fn words_of_a_published_issue_are_public_from_now_on() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("be")).await;
        let id = article_id(app, "ice").await;

        publish(app, &id, "be", 1).await;

        assert_eq!(words(app, &id, "be").await["publishedAt"], NOW);
        assert_ne!(words(app, &id, "en").await["publishedAt"], NOW);
        assert!(is_public(app, &id, "be").await);
    })
    .await;
}

#[tokio::test]
async fn words_of_an_issue_that_is_not_published_wait_for_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).unpublished().with(article("ice").draft("be")))
            .await;
        let id = article_id(app, "ice").await;

        publish(app, &id, "be", 1).await;
        let before = is_public(app, &id, "be").await;
        let issue = issue(1).published_at("2021-03-01T09:00:00Z");
        app.import(&Content::from(issue).to_string()).await.unwrap();

        assert!(!before);
        assert_eq!(
            words(app, &id, "be").await["publishedAt"],
            "2021-03-01T09:00:00Z"
        );
    })
    .await;
}

#[tokio::test]
async fn only_what_is_approved_is_published_and_twice_changes_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en").in_review("be")).await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        let name = "articleTranslationPublish";

        let draft = app
            .mutate_as(&publisher, name, which(&id, "en", 1), ARTICLE)
            .await;
        let in_review = app
            .mutate_as(&publisher, name, which(&id, "be", 1), ARTICLE)
            .await;
        let twice = change(app, &publisher, name, which(&id, "ru", 1)).await;

        assert_eq!(wrong(&draft), ["WRONG_STATE locale"]);
        assert_eq!(wrong(&in_review), ["WRONG_STATE locale"]);
        assert_eq!(twice["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_unpublished_is_a_draft_that_no_reader_sees() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        let name = "articleTranslationUnpublish";

        change(app, &publisher, name, which(&id, "be", 1)).await;
        let again = app
            .mutate_as(&publisher, name, which(&id, "be", 2), ARTICLE)
            .await;

        assert!(!is_public(app, &id, "be").await);
        assert!(is_public(app, &id, "en").await);
        assert_eq!(words(app, &id, "be").await["state"], "DRAFT");
        assert_eq!(wrong(&again), ["WRONG_STATE locale"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_again_is_public_since_then() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        let unpublish = which(&id, "be", 1);
        change(
            app,
            &key(Role::Publisher),
            "articleTranslationUnpublish",
            unpublish,
        )
        .await;

        app.clock().advance(Duration::hours(1));
        publish(app, &id, "be", 2).await;

        assert_eq!(
            words(app, &id, "be").await["publishedAt"],
            "2021-03-10T13:00:00Z"
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_publishers_at_once_one_is_told_of_the_other() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        change(
            app,
            &publisher,
            "articleTranslationSubmit",
            which(&id, "en", 1),
        )
        .await;
        change(
            app,
            &publisher,
            "articleTranslationApprove",
            which(&id, "en", 2),
        )
        .await;
        let name = "articleTranslationPublish";

        let (one, other) = tokio::join!(
            app.mutate_as(&publisher, name, which(&id, "en", 3), ARTICLE),
            app.mutate_as(&publisher, name, which(&id, "en", 3), ARTICLE),
        );

        let mut outcomes = [wrong(&one), wrong(&other)];
        outcomes.sort();
        assert_eq!(outcomes[0], [""; 0]);
        assert_eq!(outcomes[1], ["STALE_VERSION expectedVersion"]);
        for answer in [one, other] {
            let article = &answer.data[name]["article"];
            assert_eq!(
                (&article["state"], &article["version"]),
                (&json!("PUBLISHED"), &json!(4))
            );
        }
    })
    .await;
}
