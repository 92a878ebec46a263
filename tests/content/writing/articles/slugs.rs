//! What becomes of the slugs of articles.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::article;
use support::{TestApp, key};

use super::{ARTICLE, article_id, change, publish, which, with, words, wrong};

/// Rename the words of an article in English. The answer is what was wrong.
async fn rename(app: &TestApp, id: &Value, version: i64, slug: &str) -> Vec<String> {
    let input = with(which(id, "en", version), json!({ "slug": slug }));
    let name = "articleTranslationUpdate";
    let answer = app
        .mutate_as(&key(Role::Publisher), name, input, ARTICLE)
        .await;
    wrong(&answer)
}

/// The present slug of what readers find by a slug.
async fn found(app: &TestApp, slug: &str) -> Option<String> {
    let query = format!("{{ article(by: {{slug: \"{slug}\"}}, locales: [en]) {{ slug }} }}");
    let answer = app.query(&query).await;
    answer.at("/article")["slug"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_slug_that_was_public_goes_on_leading_to_the_article() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;

        rename(app, &id, 1, "floes").await;
        rename(app, &id, 2, "bergs").await;
        rename(app, &id, 3, "ice").await;

        for slug in ["ice", "floes", "bergs"] {
            assert_eq!(found(app, slug).await.as_deref(), Some("ice"), "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_was_public_is_kept_while_the_article_is_a_draft_again() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["en"]),
            article("dam").only_in(["en"]),
        ])
        .await;
        let (ice, dam) = (article_id(app, "ice").await, article_id(app, "dam").await);
        let publisher = key(Role::Publisher);

        change(
            app,
            &publisher,
            "articleTranslationUnpublish",
            which(&ice, "en", 1),
        )
        .await;
        rename(app, &ice, 2, "floes").await;
        let taken = rename(app, &dam, 1, "ice").await;
        rename(app, &ice, 3, "ice").await;
        rename(app, &ice, 4, "bergs").await;
        let free = rename(app, &dam, 1, "floes").await;
        publish(app, &ice, "en", 5).await;

        assert_eq!(taken, ["TAKEN slug"]);
        assert_eq!(free, [""; 0]);
        assert_eq!(found(app, "ice").await.as_deref(), Some("bergs"));
        assert_eq!(found(app, "floes").await.as_deref(), Some("floes"));
    })
    .await;
}

#[tokio::test]
async fn a_slug_of_another_article_now_or_before_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").only_in(["en"]), article("dam")])
            .await;
        let (ice, dam) = (article_id(app, "ice").await, article_id(app, "dam").await);
        rename(app, &ice, 1, "floes").await;

        for slug in ["ice", "floes"] {
            assert_eq!(rename(app, &dam, 1, slug).await, ["TAKEN slug"], "{slug}");
        }
        let elsewhere = with(which(&dam, "be", 1), json!({"slug": "ice"}));
        let name = "articleTranslationUpdate";
        let elsewhere = app
            .mutate_as(&key(Role::Publisher), name, elsewhere, ARTICLE)
            .await;

        assert_eq!(wrong(&elsewhere), [""; 0]);
        assert_eq!(words(app, &dam, "en").await["slug"], "dam");
    })
    .await;
}

#[tokio::test]
async fn a_slug_is_made_of_the_title_where_none_is_given_and_none_is_taken_twice() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["be"]),
            article("dam").only_in(["be"]),
        ])
        .await;
        let mut slugs = Vec::new();

        for slug in ["ice", "dam"] {
            let locales =
                json!({"article": id_in_be(app, slug).await, "locale": "en", "title": "Thin Ice"});
            let name = "articleTranslationCreate";
            let made = change(app, &key(Role::Editor), name, locales).await;
            slugs.push(made["slug"].clone());
        }

        assert_eq!(slugs, ["thin-ice", "thin-ice-2"]);
    })
    .await;
}

async fn id_in_be(app: &TestApp, slug: &str) -> Value {
    let query = format!("{{ article(by: {{slug: \"{slug}\"}}, locales: [be]) {{ id }} }}");
    app.query(&query).await.at("/article/id").clone()
}

#[tokio::test]
async fn an_import_leaves_the_slugs_that_were_public() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        change(
            app,
            &publisher,
            "articleTranslationUnpublish",
            which(&id, "en", 1),
        )
        .await;

        app.seed(article("dam").only_in(["en"])).await;

        let dam = article_id(app, "dam").await;
        let version = words(app, &id, "en").await["version"].as_i64().unwrap();
        rename(app, &id, version, "floes").await;
        assert_eq!(rename(app, &dam, 1, "ice").await, ["TAKEN slug"]);
    })
    .await;
}

#[tokio::test]
async fn an_import_renames_and_takes_back_what_was_unpublished_before() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["en"]),
            article("dam").only_in(["en"]),
        ])
        .await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        let unpublish = "articleTranslationUnpublish";
        change(app, &publisher, unpublish, which(&id, "en", 1)).await;
        let published = article("ice").slug("en", "floes").only_in(["en"]);
        let draft = article("ice")
            .slug("en", "floes")
            .only_in(["en"])
            .draft("en");

        app.seed(published).await;
        app.seed(draft).await;

        let dam = article_id(app, "dam").await;
        assert_eq!(rename(app, &dam, 1, "ice").await, ["TAKEN slug"]);
        assert_eq!(rename(app, &dam, 1, "floes").await, ["TAKEN slug"]);
    })
    .await;
}
