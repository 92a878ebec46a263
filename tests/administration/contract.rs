//! Contracts of partners through the API, by admins.

use masthead::access::Role;
use masthead::content::demo;
use serde_json::{Value, json};
use support::{Answer, TestApp, key};

const KEY: &str = "apiKey { contract { locales bindsTopics topics(locales: [en]) { id } content dailyQuota origins } expiresAt }
    userErrors { code field message }";

async fn asked(app: &TestApp, name: &str, input: Value) -> Answer {
    let selection = match name {
        "apiKeyCreate" => format!("{KEY} secret apiKey {{ id }}"),
        _ => KEY.to_owned(),
    };
    app.mutate_as(&key(Role::Admin), name, input, &selection)
        .await
}

async fn sample(app: &TestApp) -> String {
    let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
    app.import(sample).await.unwrap();
    let topic = app.query(r#"{ topic(by: {slug: "water"}) { id } }"#).await;
    topic.at("/topic/id").as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_contract_is_agreed_changed_part_by_part_and_lifted() {
    TestApp::on_each_engine(async |app| {
        let topic = sample(app).await;
        let input = json!({ "name": "site", "role": "PARTNER", "contract": {
            "locales": ["ru", "be"],
            "topicIds": [topic, topic],
            "content": "SUMMARY",
            "dailyQuota": 5_000_000_000_i64,
            "origins": ["https://Site.example/", "https://site.example"],
        }});

        let made = asked(app, "apiKeyCreate", input).await;

        let id = made.at("/apiKeyCreate/apiKey/id").clone();
        let expected = json!({
            "locales": ["be", "ru"],
            "bindsTopics": true,
            "topics": [{ "id": topic }],
            "content": "SUMMARY",
            "dailyQuota": 5_000_000_000_i64,
            "origins": ["https://site.example"],
        });
        assert_eq!(made.at("/apiKeyCreate/apiKey/contract"), &expected);

        let input = json!({ "id": id, "expiresAt": "2022-01-01T00:00:00Z",
            "contract": { "locales": null, "dailyQuota": 7 } });
        let changed = asked(app, "apiKeyUpdate", input).await;
        let expected = json!({
            "contract": {
                "locales": [],
                "bindsTopics": true,
                "topics": [{ "id": topic }],
                "content": "SUMMARY",
                "dailyQuota": 7,
                "origins": ["https://site.example"],
            },
            "expiresAt": "2022-01-01T00:00:00Z",
        });
        assert_eq!(changed.at("/apiKeyUpdate/apiKey"), &expected);

        let input = json!({ "id": id, "expiresAt": null, "contract": {
            "topicIds": null, "content": "FULL", "dailyQuota": null, "origins": null } });
        let lifted = asked(app, "apiKeyUpdate", input).await;
        let none = json!({ "locales": [], "bindsTopics": false, "topics": [], "content": "FULL",
            "dailyQuota": null, "origins": [] });
        let expected = json!({ "contract": none, "expiresAt": null });
        assert_eq!(lifted.at("/apiKeyUpdate/apiKey"), &expected);
        let log = "{ auditLog { nodes { operation note } } }";
        let log = app.query_as(&key(Role::Admin), log).await;
        let notes = log.at("/auditLog/nodes").to_string();
        assert!(
            notes.contains(r#"{"note":"when it ends, its contract","operation":"apiKeyUpdate"}"#),
            "{notes}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_agreed_is_told_at_its_field() {
    TestApp::on_each_engine(async |app| {
        let topic = sample(app).await;
        let gone = topic.replace(|letter: char| letter.is_ascii_digit(), "7");
        let no_topic = app
            .query_as(&key(Role::Admin), r#"{ issue(by: {number: 421}) { id } }"#)
            .await;
        let issue = no_topic.at("/issue/id").clone();
        for (role, contract, code, field) in [
            (
                "PARTNER",
                json!({ "locales": [] }),
                "INVALID",
                json!(["contract", "locales"]),
            ),
            (
                "PARTNER",
                json!({ "locales": ["de"] }),
                "UNKNOWN_LOCALE",
                json!(["contract", "locales"]),
            ),
            (
                "PARTNER",
                json!({ "topicIds": [] }),
                "INVALID",
                json!(["contract", "topicIds"]),
            ),
            (
                "PARTNER",
                json!({ "dailyQuota": 0 }),
                "INVALID",
                json!(["contract", "dailyQuota"]),
            ),
            (
                "PARTNER",
                json!({ "dailyQuota": 1_000_000_000_001_i64 }),
                "INVALID",
                json!(["contract", "dailyQuota"]),
            ),
            (
                "PARTNER",
                json!({ "origins": [] }),
                "INVALID",
                json!(["contract", "origins"]),
            ),
            (
                "PARTNER",
                json!({ "origins": ["site.example"] }),
                "INVALID",
                json!(["contract", "origins"]),
            ),
            (
                "PARTNER",
                json!({ "origins": vec!["https://a.example"; 101] }),
                "INVALID",
                json!(["contract", "origins"]),
            ),
            (
                "READER",
                json!({ "dailyQuota": 1 }),
                "INVALID",
                json!(["contract"]),
            ),
        ] {
            let input = json!({ "name": "site", "role": role, "contract": contract });
            let answer = asked(app, "apiKeyCreate", input.clone()).await;

            let payload = answer.at("/apiKeyCreate");
            assert_eq!(payload["userErrors"][0]["code"], code, "{input}");
            assert_eq!(payload["userErrors"][0]["field"], field, "{input}");
            assert_eq!(payload["secret"], Value::Null, "{input}");
        }
        for (id, code) in [
            (json!(gone), "INVALID_ID"),
            (issue, "INVALID_ID"),
            (json!("?"), "INVALID_ID"),
        ] {
            let contract = json!({ "topicIds": [id] });
            let input = json!({ "name": "site", "role": "PARTNER", "contract": contract });
            let answer = asked(app, "apiKeyCreate", input).await;
            assert_eq!(answer.code(), Some(code), "{id}");
        }
        for quota in [json!(-1), json!(1.5), json!("7"), json!(1_u64 << 53)] {
            let contract = json!({ "dailyQuota": quota });
            let input = json!({ "name": "site", "role": "PARTNER", "contract": contract });
            let answer = asked(app, "apiKeyCreate", input).await;
            assert!(answer.code().is_some(), "{quota}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_key_that_lives_on_is_changed() {
    TestApp::on_each_engine(async |app| {
        let made = asked(
            app,
            "apiKeyCreate",
            json!({ "name": "site", "role": "PARTNER" }),
        )
        .await;
        let id = made.at("/apiKeyCreate/apiKey/id").clone();
        let change = |contract: Value| json!({ "id": id, "contract": contract });
        assert_eq!(made.at("/apiKeyCreate/apiKey/contract"), &Value::Null);

        let early = json!({ "id": id, "expiresAt": "2020-01-01T00:00:00Z" });
        let early = asked(app, "apiKeyUpdate", early).await;
        let same = asked(app, "apiKeyUpdate", json!({ "id": id })).await;
        app.mutate_as(
            &key(Role::Admin),
            "apiKeyRevoke",
            json!({ "id": id }),
            "apiKey { name }",
        )
        .await;
        let revoked = asked(app, "apiKeyUpdate", change(json!({ "dailyQuota": 1 }))).await;

        let told = |answer: &Answer| {
            let error = &answer.at("/apiKeyUpdate/userErrors")[0];
            (error["code"].clone(), error["field"].clone())
        };
        assert_eq!(told(&early), (json!("INVALID"), json!(["expiresAt"])));
        assert_eq!(same.at("/apiKeyUpdate/userErrors"), &json!([]));
        assert_eq!(same.at("/apiKeyUpdate/apiKey/contract"), &Value::Null);
        assert_eq!(told(&revoked), (json!("WRONG_STATE"), json!(["id"])));
        for role in [Role::Partner, Role::Publisher] {
            let answer = app
                .mutate_as(&key(role), "apiKeyUpdate", change(json!({})), KEY)
                .await;
            assert_eq!(answer.code(), Some("FORBIDDEN"));
        }
    })
    .await;
}
