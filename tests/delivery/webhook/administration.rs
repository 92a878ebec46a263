//! Endpoints are made, changed, tested, told again and removed by admins.

use masthead::access::Role;
use masthead::delivery::webhook::{MAX_ENDPOINTS, Secret};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::seed::{issue, topic};
use support::{TestApp, key};

use super::receiver::{Receiver, Reply};
use super::{admin, deliver, deliveries, endpoints, on_each_engine, subscribe, wait};

const ENDPOINT: &str = "webhookEndpoint { id url description events locales state }";

#[tokio::test]
async fn an_endpoint_is_made_with_a_secret_that_is_told_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let input = json!({
            "url": "https://partner.example/hooks",
            "description": "The partner's site",
            "events": ["ISSUE_PUBLISHED", "ARTICLE_PUBLISHED", "ISSUE_PUBLISHED"],
            "locales": ["ru", "be"],
        });

        let made = admin(
            app,
            "webhookEndpointCreate",
            input,
            &format!("{ENDPOINT} secret"),
        )
        .await;

        let endpoint = &made["webhookEndpoint"];
        assert_eq!(made["userErrors"], json!([]));
        assert_eq!(endpoint["url"], "https://partner.example/hooks");
        assert_eq!(endpoint["description"], "The partner's site");
        assert_eq!(
            endpoint["events"],
            json!(["ISSUE_PUBLISHED", "ARTICLE_PUBLISHED"])
        );
        assert_eq!(endpoint["locales"], json!(["be", "ru"]));
        assert_eq!(endpoint["state"], "ENABLED");
        let secret = made["secret"].as_str().unwrap();
        assert!(Secret::read(secret).is_some());
        let all = app.query_as(&key(Role::Admin), EVERYTHING).await;
        assert!(!format!("{:?}", all.data).contains(&secret[6..]));
        assert_eq!(
            all.at("/auditLog/nodes/0/operation"),
            "webhookEndpointCreate"
        );
        assert_eq!(all.at("/auditLog/nodes/0/name"), "https://partner.example");
        assert_eq!(all.at("/auditLog/nodes/0/thing"), &endpoint["id"]);
    })
    .await;
}

const EVERYTHING: &str = "{
    webhookEndpoints { totalCount nodes { id url createdBy createdAt failingSince } }
    webhookDeliveries { totalCount nodes { payload } }
    auditLog { nodes { operation name note thing } }
}";

#[tokio::test]
async fn a_url_that_may_not_be_asked_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        for (url, message) in [
            (
                "partner.example",
                "it is no URL such as https://partner.example/hooks",
            ),
            ("http://partner.example/", "it has to begin with https://"),
            ("https://127.0.0.1/", "127.0.0.1 is not a public address"),
            ("https://[fd00::1]/", "fd00::1 is not a public address"),
            (
                "https://169.254.169.254/",
                "169.254.169.254 is not a public address",
            ),
            ("https://2130706433/", "127.0.0.1 is not a public address"),
            (
                "https://a:b@partner.example/",
                "a URL can't hold a user or a password",
            ),
            ("https://partner.example/#a", "a URL can't hold a fragment"),
        ] {
            let made = admin(app, "webhookEndpointCreate", json!({"url": url}), ENDPOINT).await;

            let error = json!({"code": "INVALID", "message": message, "field": ["url"]});
            assert_eq!(made["userErrors"], json!([error]), "{url}");
            assert_eq!(made["webhookEndpoint"], Value::Null);
        }
        let long = format!("https://partner.example/{}", "x".repeat(2_000));
        let made = admin(app, "webhookEndpointCreate", json!({"url": long}), ENDPOINT).await;
        assert_eq!(made["userErrors"][0]["code"], "INVALID");
        assert_eq!(endpoints(app, "id").await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_is_refused_with_what_is_wrong() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        let id = &endpoint["id"];
        let none = "V2ViaG9va0VuZHBvaW50Ojk5";
        let update = "webhookEndpointUpdate";
        for (name, input, code, field) in [
            (update, json!({"id": none}), "NOT_FOUND", "id"),
            (
                update,
                json!({"id": id, "locales": ["pl"]}),
                "UNKNOWN_LOCALE",
                "locales",
            ),
            (
                update,
                json!({"id": id, "events": ["PING"]}),
                "INVALID",
                "events",
            ),
            (
                update,
                json!({"id": id, "description": "x".repeat(201)}),
                "INVALID",
                "description",
            ),
            (
                update,
                json!({"id": id, "description": "a\u{0}"}),
                "INVALID",
                "description",
            ),
            (
                update,
                json!({"id": id, "url": "ftp://a.example/"}),
                "INVALID",
                "url",
            ),
            (
                "webhookEndpointRotateSecret",
                json!({"id": none}),
                "NOT_FOUND",
                "id",
            ),
            (
                "webhookEndpointTest",
                json!({"id": none}),
                "NOT_FOUND",
                "id",
            ),
            (
                "webhookEndpointDelete",
                json!({"id": none}),
                "NOT_FOUND",
                "id",
            ),
            (
                "webhookDeliveryReplay",
                json!({"id": "V2ViaG9va0RlbGl2ZXJ5Ojk5"}),
                "NOT_FOUND",
                "id",
            ),
            (
                "webhookEndpointReplay",
                json!({"id": id, "since": "2021-02-01T00:00:00Z"}),
                "INVALID",
                "since",
            ),
            (
                "webhookEndpointReplay",
                json!({"id": id, "since": "2021-03-11T00:00:00Z"}),
                "INVALID",
                "since",
            ),
        ] {
            let done = admin(app, name, input.clone(), "").await;

            assert_eq!(done["userErrors"][0]["code"], code, "{name} {input}");
            assert_eq!(
                done["userErrors"][0]["field"],
                json!([field]),
                "{name} {input}"
            );
        }
        let disable = json!({"id": id, "enabled": false});
        admin(app, update, disable, ENDPOINT).await;
        let tested = admin(app, "webhookEndpointTest", json!({"id": id}), "").await;
        assert_eq!(tested["userErrors"][0]["code"], "WRONG_STATE");
    })
    .await;
}

#[tokio::test]
async fn there_are_no_more_than_a_hundred_endpoints() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let insert = "INSERT INTO webhook_endpoints
            (url, description, secret, created_at, created_by)
            VALUES ('https://partner.example/', '', 'whsec_AAAA', '2021-03-10 12:00:00+00:00', 'a')";
        for _ in 0..MAX_ENDPOINTS {
            let db = app.database().writer();
            db.execute_unprepared(insert).await.unwrap();
        }

        let input = json!({"url": "https://partner.example/"});
        let made = admin(app, "webhookEndpointCreate", input, ENDPOINT).await;

        assert_eq!(made["userErrors"][0]["code"], "WRONG_STATE");
    })
    .await;
}

#[tokio::test]
async fn a_test_is_sent_once_whatever_an_endpoint_is_told_of() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({"events": ["ISSUE_PUBLISHED"]})).await;
        receiver.replies([Reply::Status(500)]);

        let test = json!({"id": endpoint["id"]});
        let selection = "webhookDelivery { id state event message }";
        let tested = admin(app, "webhookEndpointTest", test, selection).await;
        deliver(app).await;
        wait(app, chrono::Duration::days(1));
        deliver(app).await;

        assert_eq!(tested["webhookDelivery"]["state"], "PENDING");
        assert_eq!(tested["webhookDelivery"]["event"], "PING");
        let told = receiver.told();
        assert_eq!(told.len(), 1);
        assert_eq!(
            told[0].header("webhook-id"),
            tested["webhookDelivery"]["message"]
        );
        assert_eq!(told[0].json()["data"]["endpoint"], endpoint["id"]);
        let states = deliveries(app, "{events: [PING]}", "state attempts { status }").await;
        assert_eq!(
            states[0],
            json!({"state": "FAILED", "attempts": [{"status": 500}]})
        );
        assert_eq!(endpoints(app, "state").await[0]["state"], "ENABLED");
    })
    .await;
}

#[tokio::test]
async fn a_delivery_is_sent_again_when_that_is_asked_for() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        app.seed(topic("water").only_in(["en"])).await;
        let waits = deliver(app);
        waits.await;
        let delivery = deliveries(app, "{states: [DELIVERED]}", "id").await[0].clone();

        let again = admin(app, "webhookDeliveryReplay", delivery.clone(), DELIVERY).await;
        let twice = admin(app, "webhookDeliveryReplay", delivery, DELIVERY).await;
        deliver(app).await;

        assert_eq!(again["webhookDelivery"]["state"], "PENDING");
        assert_eq!(twice["userErrors"][0]["code"], "WRONG_STATE");
        let told = receiver.told();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].header("webhook-id"), told[1].header("webhook-id"));
        assert_eq!(told[0].body, told[1].body);
    })
    .await;
}

const DELIVERY: &str = "webhookDelivery { state }";

#[tokio::test]
async fn what_happened_since_a_time_is_told_again() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        app.seed(topic("water").only_in(["en"])).await;
        wait(app, chrono::Duration::hours(1));
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        let replay = json!({"id": endpoint["id"], "since": "2021-03-10T13:00:00Z"});
        admin(app, "webhookEndpointReplay", replay, ENDPOINT).await;
        deliver(app).await;

        let told = receiver.told();
        let slugs: Vec<Value> = told
            .iter()
            .map(|told| told.json()["data"]["slug"].clone())
            .collect();
        assert_eq!(slugs.len(), 3);
        assert_eq!(slugs[2], "roads");
        let roads = told[..2]
            .iter()
            .find(|told| told.json()["data"]["slug"] == "roads");
        assert_eq!(
            roads.unwrap().header("webhook-id"),
            told[2].header("webhook-id")
        );
    })
    .await;
}

#[tokio::test]
async fn a_disabled_endpoint_is_told_nothing_and_goes_on_from_when_it_is_enabled() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Status(500)]);
        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        let switch = |enabled: bool| json!({"id": endpoint["id"], "enabled": enabled});

        let off = admin(app, "webhookEndpointUpdate", switch(false), ENDPOINT).await;
        app.seed(topic("roads").only_in(["en"])).await;
        wait(app, chrono::Duration::hours(1));
        deliver(app).await;
        admin(app, "webhookEndpointUpdate", switch(true), ENDPOINT).await;
        app.seed(topic("fields").only_in(["en"])).await;
        deliver(app).await;

        assert_eq!(off["webhookEndpoint"]["state"], "DISABLED");
        let told = receiver.told();
        let slugs: Vec<Value> = told
            .iter()
            .map(|told| told.json()["data"]["slug"].clone())
            .collect();
        assert_eq!(slugs, ["water", "fields"]);
        let cancelled = deliveries(app, "{states: [CANCELLED]}", "event").await;
        assert_eq!(cancelled, [json!({"event": "TOPIC_PUBLISHED"})]);
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_that_is_removed_is_told_nothing_and_keeps_no_entry_back() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        app.seed(topic("water").only_in(["en"])).await;

        let gone = json!({"id": endpoint["id"]});
        let removed = admin(app, "webhookEndpointDelete", gone.clone(), "deleted").await;
        let twice = admin(app, "webhookEndpointDelete", gone, "deleted").await;
        deliver(app).await;

        assert_eq!(removed["deleted"], endpoint["id"]);
        assert_eq!(twice["userErrors"][0]["code"], "NOT_FOUND");
        assert_eq!(receiver.told().len(), 0);
        let readers = "DELETE FROM change_log_readers";
        let readers = app.database().writer().execute_unprepared(readers).await;
        assert_eq!(readers.unwrap().rows_affected(), 0);
        let again = subscribe(app, &receiver, json!({})).await;
        assert_ne!(again["id"], endpoint["id"], "an id is given once");
    })
    .await;
}

#[tokio::test]
async fn webhooks_are_read_by_admins_alone() {
    TestApp::on_each_engine(async |app| {
        for text in [
            "{ webhookEndpoints { totalCount } }",
            "{ webhookDeliveries { totalCount } }",
        ] {
            let anonymous = app.query(text).await;
            let publisher = app.query_as(&key(Role::Publisher), text).await;
            let admin = app.query_as(&key(Role::Admin), text).await;

            assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
            assert_eq!(publisher.code(), Some("FORBIDDEN"));
            assert_eq!(admin.code(), None);
        }
    })
    .await;
}
