//! Topics and authors are made, changed and removed, with their words.

use insta::assert_json_snapshot;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, key};

const TOPIC_ID: &str = "topic { id }";
const TOPIC: &str = "topic { slug name position factsVersion version } userErrors { code message field expectedVersion currentVersion usedBy }";

#[tokio::test]
async fn a_topic_is_made_with_its_words_and_a_slug_of_its_name() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let editor = key(Role::Editor);
        let input = json!({"translations": [{"locale": "en", "name": "High water"}]});

        let answer = app.mutate_as(&editor, "topicCreate", input, TOPIC).await;

        let made = &answer.data["topicCreate"];
        assert_eq!(made["topic"]["slug"], "high-water");
        assert_eq!(made["topic"]["factsVersion"], 1);
        assert_eq!(made["topic"]["version"], 1);
        assert_eq!(made["userErrors"], json!([]));
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
        assert_json_snapshot!(other.data["topicCreate"]["userErrors"], @r#"
        [
          {
            "code": "IDEMPOTENCY_KEY_REUSED",
            "currentVersion": null,
            "expectedVersion": null,
            "field": [
              "idempotencyKey"
            ],
            "message": "was used for something else; take a new one for each wish",
            "usedBy": []
          }
        ]
        "#);
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
        assert_json_snapshot!(stale.data["topicUpdate"], @r#"
        {
          "topic": {
            "factsVersion": 2,
            "name": "water en",
            "position": 1,
            "slug": "rivers",
            "version": 1
          },
          "userErrors": [
            {
              "code": "STALE_VERSION",
              "currentVersion": 2,
              "expectedVersion": 1,
              "field": [
                "expectedVersion"
              ],
              "message": "it is at version 2, not 1: read it again",
              "usedBy": []
            }
          ]
        }
        "#);
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
        let names = "topic { name version } userErrors { code field }";
        let change = async |field: &str, input: Value| {
            let field = format!("topicTranslation{field}");
            let answer = app.mutate_as(&editor, &field, input, names).await;
            answer.data[field.as_str()].clone()
        };

        let unknown = change("Create", words(None, "pl", Some("Woda"))).await;
        let twice = change("Create", words(None, "en", Some("Water"))).await;
        let removed = change("Delete", words(Some(1), "be", None)).await;
        let added = change("Create", words(None, "be", Some("Вада"))).await;
        let changed = change("Update", words(Some(1), "en", Some("Rivers"))).await;
        let stale = change("Delete", words(Some(1), "en", None)).await;
        change("Delete", words(Some(2), "en", None)).await;
        change("Delete", words(Some(1), "ru", None)).await;
        let last = change("Delete", words(Some(1), "be", None)).await;

        let error = |answer: &Value| answer["userErrors"][0]["code"].clone();
        assert_eq!(error(&unknown), "UNKNOWN_LOCALE");
        assert_eq!(error(&twice), "TAKEN");
        assert_eq!(removed["topic"], json!({"name": "water en", "version": 1}));
        assert_eq!(added["topic"], json!({"name": "Вада", "version": 1}));
        assert_eq!(changed["topic"], json!({"name": "Rivers", "version": 2}));
        assert_eq!(error(&stale), "STALE_VERSION");
        assert_eq!(error(&last), "WRONG_STATE");
    })
    .await;
}

#[tokio::test]
async fn an_id_is_given_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let editor = key(Role::Editor);
        let make = async |name: &str| {
            let input = json!({"translations": [{"locale": "en", "name": name}]});
            let answer = app.mutate_as(&editor, "topicCreate", input, TOPIC_ID).await;
            answer.data["topicCreate"]["topic"]["id"].clone()
        };
        let first = make("Water").await;
        let input = json!({"id": first, "expectedVersion": 1});
        app.mutate_as(&editor, "topicDelete", input, "deleted")
            .await;

        let second = make("Roads").await;

        assert_ne!(first, second);
    })
    .await;
}
