//! Words go out with their issue, and are withdrawn with it.

use masthead::access::Role;
use masthead::content::issue;
use sea_orm::ConnectionTrait;
use serde_json::Value;
use support::seed;
use support::seed::article;
use support::{TestApp, key};

use super::{article_id, change, is_public, publish, which, words};

/// The number of issue 1 in the database.
const ISSUE: i64 = 1;

/// Publish issue 1 with what is ready; the locales that readers see since.
async fn publish_issue(app: &TestApp, time: &str) -> Vec<String> {
    let mut writing = app.writing().await;
    let time = Some(time.parse().unwrap());
    let public = issue::publish_issue(&mut writing, ISSUE, None, time).await;
    let public = writing.end(public).await.unwrap().unwrap();
    public.into_iter().map(|(_, locale)| locale).collect()
}

/// Take issue 1 back; the locales that readers saw.
async fn withdraw(app: &TestApp) -> Vec<String> {
    let mut writing = app.writing().await;
    let seen = issue::unpublish_issue(&mut writing, ISSUE, None).await;
    let seen = writing.end(seen).await.unwrap().unwrap();
    seen.into_iter().map(|(_, locale)| locale).collect()
}

async fn approve(app: &TestApp, id: &Value, locale: &str) {
    let editor = key(Role::Editor);
    change(
        app,
        &editor,
        "articleTranslationSubmit",
        which(id, locale, 1),
    )
    .await;
    change(
        app,
        &editor,
        "articleTranslationApprove",
        which(id, locale, 2),
    )
    .await;
}

#[tokio::test]
async fn what_is_approved_goes_out_with_the_issue_and_what_is_not_stays() {
    TestApp::on_each_engine(async |app| {
        let ice = article("ice").draft("en").draft("be").in_review("ru");
        app.seed(seed::issue(1).unpublished().with(ice)).await;
        let id = article_id(app, "ice").await;
        approve(app, &id, "en").await;

        let ready = publish_issue(app, "2021-03-01T09:00:00Z").await;

        assert_eq!(ready, ["en"]);
        let english = words(app, &id, "en").await;
        assert_eq!(english["publishedAt"], "2021-03-01T09:00:00Z");
        assert_eq!(english["version"], 4);
        for locale in ["be", "ru"] {
            assert!(!is_public(app, &id, locale).await, "{locale}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_published_before_its_issue_goes_out_with_it() {
    TestApp::on_each_engine(async |app| {
        let ice = article("ice").draft("en").only_in(["en"]);
        app.seed(seed::issue(1).unpublished().with(ice)).await;
        let id = article_id(app, "ice").await;
        publish(app, &id, "en", 1).await;

        let ready = publish_issue(app, "2021-03-01T09:00:00Z").await;

        assert_eq!(ready, ["en"]);
        assert!(is_public(app, &id, "en").await);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_issue_takes_its_articles_along_and_brings_them_back() {
    TestApp::on_each_engine(async |app| {
        app.seed(seed::issue(1).with(article("ice").only_in(["en", "be"]).draft("be")))
            .await;
        let id = article_id(app, "ice").await;
        publish(app, &id, "be", 1).await;

        let seen = withdraw(app).await;
        let hidden = !is_public(app, &id, "en").await && !is_public(app, &id, "be").await;
        publish_issue(app, "2021-03-05T09:00:00Z").await;

        assert_eq!(seen, ["be", "en"]);
        assert!(hidden);
        for locale in ["en", "be"] {
            let words = words(app, &id, locale).await;
            assert_eq!(words["publishedAt"], "2021-03-05T09:00:00Z", "{locale}");
        }
    })
    .await;
}

#[tokio::test]
async fn key_terms_follow_what_readers_see() {
    TestApp::on_each_engine(async |app| {
        app.seed(seed::issue(1).with(article("ice").only_in(["en"])))
            .await;
        let public = async || {
            let select =
                "SELECT COUNT(*) AS count FROM article_key_terms WHERE public_at IS NOT NULL";
            let select = sea_orm::Statement::from_string(app.engine().backend(), select);
            let row = app.database().reader().query_one_raw(select).await.unwrap();
            row.unwrap().try_get::<i64>("", "count").unwrap()
        };
        let before = public().await;

        withdraw(app).await;
        let hidden = public().await;
        publish_issue(app, "2021-03-05T09:00:00Z").await;

        assert!(before > 0);
        assert_eq!(hidden, 0);
        assert_eq!(public().await, before);
    })
    .await;
}
