//! Topics and authors are made, changed and removed, with their words.

use insta::assert_json_snapshot;
use masthead::access::Role;
use serde_json::json;
use support::seed::{article, issue};
use support::{TestApp, key};

const TOPIC: &str = "topic { slug name position factsVersion version } userErrors { code message field expectedVersion currentVersion usedBy }";

#[tokio::test]
async fn a_topic_is_made_with_its_words_and_a_slug_of_its_name() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let editor = key(Role::Editor);
        let input = json!({"translations": [{"locale": "en", "name": "High water"}]});

        let answer = app.mutate_as(&editor, "topicCreate", input, TOPIC).await;

        assert_json_snapshot!(answer.data, @"");
    })
    .await;
}

#[tokio::test]
async fn a_creation_with_an_idempotency_key_is_done_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let editor = key(Role::Editor);
        let input = |name: &str| {
            json!({"translations": [{"locale": "en", "name": name}], "idempotencyKey": "w6-water"})
        };

        let first = app.mutate_as(&editor, "topicCreate", input("Water"), TOPIC).await;
        let again = app.mutate_as(&editor, "topicCreate", input("Water"), TOPIC).await;
        let other = app.mutate_as(&editor, "topicCreate", input("Roads"), TOPIC).await;

        assert_eq!(first.data, again.data);
        assert_json_snapshot!(other.data, @"");
    })
    .await;
}

#[tokio::test]
async fn a_stale_change_is_refused_with_both_versions_and_the_topic_as_it_is() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("dam").topic("water")).await;
        let editor = key(Role::Editor);
        let id = app
            .query(r#"{ topic(by: {slug: "water"}) { id } }"#)
            .await
            .data["topic"]["id"]
            .clone();
        let change =
            |version: i32, slug: &str| json!({"id": id, "expectedVersion": version, "slug": slug});

        let done = app
            .mutate_as(&editor, "topicUpdate", change(1, "rivers"), TOPIC)
            .await;
        let stale = app
            .mutate_as(&editor, "topicUpdate", change(1, "lakes"), TOPIC)
            .await;

        assert_eq!(done.data["topicUpdate"]["topic"]["slug"], "rivers");
        assert_json_snapshot!(stale.data, @"");
    })
    .await;
}

#[tokio::test]
async fn a_topic_in_use_is_not_removed_and_what_uses_it_is_told() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("dam").topic("water")).await;
        let editor = key(Role::Editor);
        let ids = app
            .query(r#"{ topic(by: {slug: "water"}) { id articles { nodes { id } } } }"#)
            .await;
        let input = json!({"id": ids.data["topic"]["id"], "expectedVersion": 1});

        let answer = app
            .mutate_as(
                &editor,
                "topicDelete",
                input,
                "deleted userErrors { code usedBy }",
            )
            .await;

        let user_error = &answer.data["topicDelete"]["userErrors"][0];
        assert_eq!(user_error["code"], "IN_USE");
        assert_eq!(
            user_error["usedBy"][0],
            ids.data["topic"]["articles"]["nodes"][0]["id"]
        );
    })
    .await;
}

#[tokio::test]
async fn words_are_added_changed_and_removed_but_for_the_last() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("dam").topic("water")).await;
        let editor = key(Role::Editor);
        let id = app
            .query(r#"{ topic(by: {slug: "water"}) { id } }"#)
            .await
            .data["topic"]["id"]
            .clone();
        let words = |version: Option<i32>, locale: &str, name: Option<&str>| {
            let mut input = json!({"topic": id, "locale": locale});
            if let Some(version) = version {
                input["expectedVersion"] = version.into();
            }
            if let Some(name) = name {
                input["name"] = name.into();
            }
            input
        };
        let names = "topic { name version translations { locale } } userErrors { code field }";

        let unknown = app
            .mutate_as(
                &editor,
                "topicTranslationCreate",
                words(None, "pl", Some("Woda")),
                names,
            )
            .await;
        let changed = app
            .mutate_as(
                &editor,
                "topicTranslationUpdate",
                words(Some(1), "en", Some("Rivers")),
                names,
            )
            .await;
        let stale = app
            .mutate_as(
                &editor,
                "topicTranslationDelete",
                words(Some(1), "en", None),
                names,
            )
            .await;

        assert_json_snapshot!(unknown.data, @"");
        assert_json_snapshot!(changed.data, @"");
        assert_json_snapshot!(stale.data, @"");
    })
    .await;
}
