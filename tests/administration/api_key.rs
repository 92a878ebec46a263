//! API keys through the API, by admins.

use insta::assert_json_snapshot;
use masthead::access::Role;
use masthead::content::demo;
use masthead_entities::audit_log;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};
use support::{Answer, TestApp, key};

const MADE: &str = "apiKey { name role locales state createdBy expiresAt lastUsedAt } secret
    userErrors { code message field }";

/// What a mutation of the admin `chief` was answered.
async fn asked(app: &TestApp, name: &str, input: Value, selection: &str) -> Answer {
    app.mutate_as(&key(Role::Admin), name, input, selection)
        .await
}

/// Make a key by the API; its id and what its holder sends.
async fn made(app: &TestApp, name: &str, role: &str) -> (String, String) {
    let input = json!({ "name": name, "role": role });
    let answer = asked(app, "apiKeyCreate", input, "apiKey { id } secret").await;
    let text = |place: &str| answer.at(place).as_str().unwrap().to_owned();
    (
        text("/apiKeyCreate/apiKey/id"),
        text("/apiKeyCreate/secret"),
    )
}

/// The status that the holder of a key is answered with.
async fn status(app: &TestApp, sent: &str) -> u16 {
    let bearer = format!("Bearer {sent}");
    let reply = app.client().query_by(&bearer, "{ __typename }").await;
    reply.status.as_u16()
}

#[tokio::test]
async fn a_key_that_is_made_is_told_once_and_good_at_once() {
    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();
        let input = json!({
            "name": "Minsk desk",
            "role": "TRANSLATOR",
            "locales": ["ru", "be"],
            "expiresAt": "2022-01-01T00:00:00Z",
        });

        let answer = asked(app, "apiKeyCreate", input, MADE).await;

        let secret = answer.at("/apiKeyCreate/secret").as_str().unwrap();
        assert_eq!(status(app, secret).await, 200);
        let told = answer.at("/apiKeyCreate/apiKey");
        assert_json_snapshot!(told, @r#"
        {
          "createdBy": "admin",
          "expiresAt": "2022-01-01T00:00:00Z",
          "lastUsedAt": null,
          "locales": [
            "be",
            "ru"
          ],
          "name": "Minsk desk",
          "role": "TRANSLATOR",
          "state": "VALID"
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_key_is_told_at_its_field() {
    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();
        made(app, "taken", "READER").await;

        for (input, code, field) in [
            (json!({ "name": "", "role": "EDITOR" }), "INVALID", "name"),
            (
                json!({ "name": "taken", "role": "EDITOR" }),
                "TAKEN",
                "name",
            ),
            (
                json!({ "name": "x", "role": "TRANSLATOR" }),
                "INVALID",
                "locales",
            ),
            (
                json!({ "name": "x", "role": "TRANSLATOR", "locales": ["de"] }),
                "UNKNOWN_LOCALE",
                "locales",
            ),
            (
                json!({ "name": "x", "role": "ADMIN", "locales": ["be"] }),
                "INVALID",
                "locales",
            ),
            (
                json!({ "name": "x", "role": "ADMIN", "expiresAt": "2020-01-01T00:00:00Z" }),
                "INVALID",
                "expiresAt",
            ),
        ] {
            let answer = asked(app, "apiKeyCreate", input.clone(), MADE).await;

            let payload = answer.at("/apiKeyCreate");
            assert_eq!(payload["userErrors"][0]["code"], code, "{input}");
            assert_eq!(payload["userErrors"][0]["field"], json!([field]), "{input}");
            assert_eq!(payload["apiKey"], Value::Null);
            assert_eq!(payload["secret"], Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_rotated_has_both_secrets_unless_told() {
    TestApp::on_each_engine(async |app| {
        let (id, first) = made(app, "site", "READER").await;
        let selection = "secret apiKey { name } userErrors { code field }";

        let input = json!({ "id": id });
        let rotated = asked(app, "apiKeyRotate", input, selection).await;
        let second = rotated.at("/apiKeyRotate/secret").as_str().unwrap();
        let both = [status(app, &first).await, status(app, second).await];
        let input = json!({ "id": id, "overlapMinutes": 0 });
        asked(app, "apiKeyRotate", input, selection).await;
        let neither = [status(app, &first).await, status(app, second).await];

        assert_eq!(both, [200, 200]);
        assert_eq!(neither, [401, 401]);
        for minutes in [-1, 43_201] {
            let input = json!({ "id": id, "overlapMinutes": minutes });
            let refused = asked(app, "apiKeyRotate", input, selection).await;
            let expected = json!({
                "apiKey": { "name": "site" },
                "secret": null,
                "userErrors": [{ "code": "INVALID", "field": ["overlapMinutes"] }],
            });
            assert_eq!(refused.at("/apiKeyRotate"), &expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_revoked_ends_at_once_and_twice_is_as_once() {
    TestApp::on_each_engine(async |app| {
        let (id, secret) = made(app, "site", "READER").await;
        let selection = "apiKey { state revokedAt } userErrors { code }";

        let input = json!({ "id": id });
        let first = asked(app, "apiKeyRevoke", input.clone(), selection).await;
        app.clock().advance(chrono::Duration::minutes(1));
        let second = asked(app, "apiKeyRevoke", input.clone(), selection).await;
        let rotated = asked(app, "apiKeyRotate", input, "secret userErrors { code }").await;

        assert_eq!(status(app, &secret).await, 401);
        let expected = json!({
            "apiKey": { "state": "REVOKED", "revokedAt": support::NOW },
            "userErrors": [],
        });
        assert_eq!(first.at("/apiKeyRevoke"), &expected);
        assert_eq!(second.at("/apiKeyRevoke"), &expected);
        let expected = json!({ "secret": null, "userErrors": [{ "code": "WRONG_STATE" }] });
        assert_eq!(rotated.at("/apiKeyRotate"), &expected);
    })
    .await;
}

#[tokio::test]
async fn the_last_valid_key_of_an_admin_stays() {
    TestApp::on_each_engine(async |app| {
        let (first, secret) = made(app, "first", "ADMIN").await;
        let (second, _) = made(app, "second", "ADMIN").await;
        made(app, "editor", "EDITOR").await;
        let selection = "apiKey { name state } userErrors { code message field }";

        let one = json!({ "id": second });
        let one = asked(app, "apiKeyRevoke", one, selection).await;
        let last = json!({ "id": first });
        let last = asked(app, "apiKeyRevoke", last, selection).await;

        assert_eq!(one.at("/apiKeyRevoke/apiKey/state"), "REVOKED");
        let expected = json!({
            "apiKey": { "name": "first", "state": "VALID" },
            "userErrors": [{
                "code": "WRONG_STATE",
                "message": "first is the last key of an admin; make another first",
                "field": ["id"],
            }],
        });
        assert_eq!(last.at("/apiKeyRevoke"), &expected);
        assert_eq!(status(app, &secret).await, 200);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_not_there_is_a_user_error_and_another_id_is_none_of_a_key() {
    TestApp::on_each_engine(async |app| {
        let (id, _) = made(app, "site", "READER").await;
        // The number of no key, and the id of a topic.
        let absent = "QXBpS2V5Ojk5OQ";
        let topic = "VG9waWM6MQ";
        assert!(id.starts_with("QXBpS2V5O"));
        let selection = "apiKey { name } userErrors { code field }";

        for name in ["apiKeyRotate", "apiKeyRevoke"] {
            let unknown = asked(app, name, json!({ "id": absent }), selection).await;
            let other = asked(app, name, json!({ "id": topic }), selection).await;

            let expected = json!({
                "apiKey": null,
                "userErrors": [{ "code": "NOT_FOUND", "field": ["id"] }],
            });
            assert_eq!(unknown.at(&format!("/{name}")), &expected);
            assert_eq!(other.code(), Some("INVALID_ID"));
        }
    })
    .await;
}

#[tokio::test]
async fn keys_are_listed_page_by_page_with_those_that_ended() {
    TestApp::on_each_engine(async |app| {
        let (id, _) = made(app, "a", "READER").await;
        made(app, "b", "EDITOR").await;
        made(app, "c", "ADMIN").await;
        asked(
            app,
            "apiKeyRevoke",
            json!({ "id": id }),
            "userErrors { code }",
        )
        .await;
        let admin = key(Role::Admin);

        let query =
            "{ apiKeys(first: 2) { totalCount nodes { name state } pageInfo { endCursor } } }";
        let first = app.query_as(&admin, query).await;
        let cursor = first.at("/apiKeys/pageInfo/endCursor").as_str().unwrap();
        let query = format!("{{ apiKeys(after: \"{cursor}\") {{ nodes {{ name }} }} }}");
        let second = app.query_as(&admin, &query).await;
        let wrong = app
            .query_as(&admin, "{ apiKeys(after: \"x\") { totalCount } }")
            .await;

        assert_eq!(first.at("/apiKeys/totalCount"), 3);
        assert_eq!(first.texts("/apiKeys/nodes", "name"), ["a", "b"]);
        assert_eq!(first.texts("/apiKeys/nodes", "state"), ["REVOKED", "VALID"]);
        assert_eq!(second.texts("/apiKeys/nodes", "name"), ["c"]);
        assert_eq!(first.statements, 2, "a page and a count");
        assert_eq!(wrong.code(), Some("INVALID_CURSOR"));
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_tells_who_made_which_key_and_no_secret() {
    TestApp::on_each_engine(async |app| {
        let (id, secret) = made(app, "site", "READER").await;
        let input = json!({ "id": id });
        let rotated = asked(app, "apiKeyRotate", input.clone(), "secret").await;
        asked(app, "apiKeyRevoke", input.clone(), "userErrors { code }").await;
        asked(app, "apiKeyRevoke", input, "userErrors { code }").await;

        let rows = audit_log::Entity::find().all(app.database().reader()).await;

        let rows = rows.unwrap();
        let deeds: Vec<(&str, &str, Option<&str>)> = rows
            .iter()
            .map(|row| {
                let name = row.name.as_deref();
                (row.actor.as_str(), row.operation.as_str(), name)
            })
            .collect();
        let site = Some("site");
        assert_eq!(
            deeds,
            [
                ("admin", "apiKeyCreate", site),
                ("admin", "apiKeyRotate", site),
                ("admin", "apiKeyRevoke", site),
            ]
        );
        let text = format!("{rows:?}");
        let second = rotated.at("/apiKeyRotate/secret").as_str().unwrap();
        for secret in [&secret, second] {
            for part in secret.splitn(3, '_').skip(1) {
                assert!(!text.contains(part), "{text}");
            }
        }
    })
    .await;
}
