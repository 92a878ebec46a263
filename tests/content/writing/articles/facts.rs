//! What all locales of an article share is changed.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{Trend, article, author, issue};
use support::{TestApp, key};

use super::{ARTICLE, article_id, change, id_of, is_public, which, with, wrong};

fn facts(id: &Value, version: i64, more: Value) -> Value {
    with(json!({"id": id, "expectedVersion": version}), more)
}

#[tokio::test]
async fn what_is_named_is_changed_and_all_else_stays() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna", "boris"]).trend(Trend::Improved))
            .await;
        app.seed(author("vera")).await;
        let id = article_id(app, "ice").await;
        let vera = app.query("{ author(by: {slug: \"vera\"}) { id } }").await;
        let vera = vera.at("/author/id").clone();
        let editor = key(Role::Editor);

        let authors = facts(&id, 1, json!({"authors": [vera]}));
        let byline = change(app, &editor, "articleUpdate", authors).await;
        let trend = facts(&id, 2, json!({"trend": null, "position": 9}));
        let cleared = change(app, &editor, "articleUpdate", trend).await;
        let same = facts(&id, 3, json!({"position": 9, "authors": [vera]}));
        let same = change(app, &editor, "articleUpdate", same).await;

        assert_eq!(byline["authors"], json!([{"slug": "vera"}]));
        assert_eq!(byline["trend"], "IMPROVED");
        assert_eq!(cleared["trend"], Value::Null);
        assert_eq!(cleared["authors"], json!([{"slug": "vera"}]));
        assert_eq!(
            (&cleared["position"], &cleared["factsVersion"]),
            (&json!(9), &json!(3))
        );
        assert_eq!(same["factsVersion"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_stale_or_impossible_change_leaves_the_article_as_it_is() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("dam")]).await;
        let id = article_id(app, "ice").await;
        let nobody = masthead::graphql::id::encode("Article", 999).to_string();

        for (input, expected) in [
            (
                facts(&id, 2, json!({"position": 7})),
                "STALE_VERSION expectedVersion",
            ),
            (facts(&id, 1, json!({"position": 2})), "TAKEN position"),
            (
                facts(&id, 1, json!({"originalLocale": "pl"})),
                "UNKNOWN_LOCALE originalLocale",
            ),
            (facts(&json!(nobody), 1, json!({})), "NOT_FOUND id"),
        ] {
            let answer = app
                .mutate_as(&key(Role::Editor), "articleUpdate", input, ARTICLE)
                .await;

            assert_eq!(wrong(&answer)[0], expected);
            let position = &answer.data["articleUpdate"]["article"]["position"];
            assert!(position.is_null() || position == 1, "{expected}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_article_moves_behind_all_others_of_another_issue() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").draft("en").only_in(["en"]),
            article("dam").in_issue(2).position(6),
        ])
        .await;
        let id = article_id(app, "ice").await;
        let issue = id_of(app, "issue(by: {number: 2}").await;

        let input = facts(&id, 1, json!({"issue": issue}));
        let moved = change(app, &key(Role::Editor), "articleUpdate", input).await;

        assert_eq!(moved["issue"]["number"], 2);
        assert_eq!(moved["position"], 7);
    })
    .await;
}

#[tokio::test]
async fn a_publisher_alone_moves_what_is_published_into_or_out_of_the_readers_sight() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        app.seed([issue(2).unpublished(), issue(3).unpublished()])
            .await;
        let id = article_id(app, "ice").await;
        let to = async |number: u32, version| {
            let issue = id_of(app, &format!("issue(by: {{number: {number}}}")).await;
            facts(&id, version, json!({"issue": issue}))
        };
        let editor = key(Role::Editor);

        let refused = app
            .mutate_as(&editor, "articleUpdate", to(2, 1).await, ARTICLE)
            .await;
        change(app, &key(Role::Publisher), "articleUpdate", to(2, 1).await).await;
        let hidden = !is_public(app, &id, "en").await;
        change(app, &editor, "articleUpdate", to(3, 2).await).await;
        let back = app
            .mutate_as(&editor, "articleUpdate", to(1, 3).await, ARTICLE)
            .await;
        change(app, &key(Role::Publisher), "articleUpdate", to(1, 3).await).await;

        assert_eq!(wrong(&refused), ["WRONG_STATE issue"]);
        assert!(hidden);
        assert_eq!(wrong(&back), ["WRONG_STATE issue"]);
        assert!(is_public(app, &id, "en").await);
    })
    .await;
}

#[tokio::test]
async fn an_article_that_is_public_is_not_removed() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("be").draft("ru")).await;
        let id = article_id(app, "ice").await;
        let delete = json!({"id": id, "expectedVersion": 1});
        let editor = key(Role::Editor);
        let told = "deleted userErrors { code message field }";

        let refused = app
            .mutate_as(&editor, "articleDelete", delete.clone(), told)
            .await;
        let unpublish = which(&id, "en", 1);
        change(
            app,
            &key(Role::Publisher),
            "articleTranslationUnpublish",
            unpublish,
        )
        .await;
        let done = app.mutate_as(&editor, "articleDelete", delete, told).await;

        let error = &refused.at("/articleDelete/userErrors/0");
        assert_eq!(error["code"], "WRONG_STATE");
        assert_eq!(
            error["message"],
            "it is published in en: unpublish it first"
        );
        assert_eq!(done.at("/articleDelete/deleted"), &id);
        let gone = format!("{{ node(id: {id}) {{ id }} }}");
        assert!(app.query(&gone).await.at("/node").is_null());
    })
    .await;
}

#[tokio::test]
async fn another_of_the_translations_becomes_the_original() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en", "be"])).await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        let to = |locale: &str| facts(&id, 1, json!({"originalLocale": locale}));

        let without = app
            .mutate_as(&editor, "articleUpdate", to("ru"), ARTICLE)
            .await;
        let done = change(app, &editor, "articleUpdate", to("be")).await;

        assert_eq!(wrong(&without), ["NOT_FOUND originalLocale"]);
        assert_eq!(done["originalLocale"], "be");
    })
    .await;
}
