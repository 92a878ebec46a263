//! What fails is tried again, for two days.

use chrono::Duration;
use serde_json::{Value, json};
use support::seed::{issue, topic};

use super::receiver::{Receiver, Reply, Told};
use super::{admin, deliver, deliveries, endpoints, on_each_engine, subscribe, wait};

#[tokio::test]
async fn a_receiver_that_is_down_for_an_hour_loses_nothing() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.kill().await;

        for (number, slug) in ["water", "roads", "fields"].into_iter().enumerate() {
            app.seed(topic(slug).only_in(["en"])).await;
            for _ in 0..20 {
                deliver(app).await;
                wait(app, Duration::minutes(1));
            }
            let waiting = endpoints(app, "pendingCount failingSince").await;
            assert_eq!(waiting[0]["pendingCount"], number + 1);
            assert_eq!(waiting[0]["failingSince"], "2021-03-10T12:00:00Z");
        }
        receiver.restart().await;
        wait(app, Duration::hours(1));
        deliver(app).await;

        let mut slugs: Vec<Value> = receiver.told().iter().map(Told::json).collect();
        slugs.sort_by_key(|told| told["data"]["position"].as_i64());
        let slugs: Vec<&Value> = slugs.iter().map(|told| &told["data"]["slug"]).collect();
        assert_eq!(slugs, ["water", "roads", "fields"]);
        let well = &endpoints(app, "pendingCount failingSince lastDeliveredAt").await[0];
        assert_eq!(well["pendingCount"], 0);
        assert_eq!(well["failingSince"], Value::Null);
        assert_eq!(well["lastDeliveredAt"], "2021-03-10T14:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn what_waits_goes_as_soon_as_a_receiver_is_well_again() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        let fails = |count| std::iter::repeat_n(Reply::Status(503), count);
        receiver.replies(fails(5));
        app.seed(topic("water").only_in(["en"])).await;
        for _ in 0..5 {
            wait(app, Duration::minutes(20));
            deliver(app).await;
        }
        deliver(app).await;
        assert_eq!(receiver.told().len(), 5);

        // It is not due for some while, but another is.
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        let told: Vec<Value> = receiver.told().iter().map(Told::json).collect();
        let slugs = told
            .iter()
            .map(|told| told["data"]["slug"].as_str().unwrap());
        assert_eq!(slugs.skip(5).collect::<Vec<_>>(), ["roads", "water"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_message_is_sent_again_with_the_same_id_and_a_new_time() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Says(500, "out of \u{0} order")]);

        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        deliver(app).await;
        assert_eq!(receiver.told().len(), 1, "it is not due yet");
        wait(app, Duration::seconds(12));
        deliver(app).await;

        let told = receiver.told();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].header("webhook-id"), told[1].header("webhook-id"));
        assert_eq!(told[0].body, told[1].body);
        assert_eq!(told[0].header("webhook-timestamp"), "1615377600");
        assert_eq!(told[1].header("webhook-timestamp"), "1615377612");
        let selection = "state message dueAt endedAt endpoint { url } attempts { status failure response beganAt }";
        let delivery = &deliveries(app, "{}", selection).await[0];
        assert_eq!(delivery["state"], "DELIVERED");
        assert_eq!(delivery["endpoint"]["url"], receiver.url());
        assert_eq!(delivery["message"], told[0].header("webhook-id"));
        assert_eq!(delivery["dueAt"], Value::Null);
        assert_eq!(delivery["endedAt"], "2021-03-10T12:00:12Z");
        assert_eq!(
            delivery["attempts"],
            json!([
                {"status": 500, "failure": null, "response": "out of \u{fffd} order",
                 "beganAt": "2021-03-10T12:00:00Z"},
                {"status": 200, "failure": null, "response": "", "beganAt": "2021-03-10T12:00:12Z"},
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_is_given_it() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::With(429, "retry-after", "300".to_owned())]);

        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        wait(app, Duration::seconds(299));
        deliver(app).await;
        assert_eq!(receiver.told().len(), 1);
        wait(app, Duration::seconds(62));
        deliver(app).await;

        assert_eq!(receiver.told().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_takes_nothing_for_two_days_is_disabled_with_a_notice() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.kill().await;
        app.seed(topic("water").only_in(["en"])).await;

        for _ in 0..49 {
            deliver(app).await;
            wait(app, Duration::hours(1));
        }
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        let endpoint = &endpoints(app, "state disabledReason disabledAt pendingCount").await[0];
        assert_eq!(endpoint["state"], "DISABLED");
        assert_eq!(endpoint["disabledReason"], "FAILING");
        assert_eq!(endpoint["pendingCount"], 0);
        assert!(endpoint["disabledAt"].as_str() > Some("2021-03-11T23"));
        let tried = &deliveries(app, "{}", "state attempts { failure }").await;
        assert_eq!(tried.len(), 1, "what changed since is not kept for it");
        assert_eq!(tried[0]["state"], "FAILED");
        let attempts = tried[0]["attempts"].as_array().unwrap().len();
        assert!((10..=20).contains(&attempts), "{attempts}");
        let notes = noted(app).await;
        assert_eq!(notes[0]["actor"], "server");
        assert_eq!(
            notes[0]["note"],
            "disabled, since nothing got through for two days; 0 deliveries cancelled"
        );
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_never_taken_is_given_up_and_others_are_taken() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.refuses("\"water\"");
        for hour in 0..50 {
            let slug = match hour {
                0 => "water",
                12 => "roads",
                36 => "schools",
                _ => "",
            };
            if !slug.is_empty() {
                app.seed(topic(slug).only_in(["en"])).await;
            }
            deliver(app).await;
            wait(app, Duration::hours(1));
        }

        let states = deliveries(app, "{states: [FAILED, DELIVERED, PENDING]}", "state").await;
        let states: Vec<&str> = states
            .iter()
            .map(|delivery| delivery["state"].as_str().unwrap())
            .collect();
        assert_eq!(states, ["DELIVERED", "DELIVERED", "FAILED"]);
        assert_eq!(endpoints(app, "state").await[0]["state"], "ENABLED");
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_says_it_is_gone_is_told_no_more() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Status(410)]);

        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        assert_eq!(receiver.told().len(), 1);
        let told = endpoints(app, "state disabledReason").await;
        assert_eq!(
            told[0],
            json!({"state": "DISABLED", "disabledReason": "GONE"})
        );
        assert_eq!(noted(app).await[0]["actor"], "server");

        // It comes back, and is told what it missed.
        let enable = json!({"id": endpoint["id"], "enabled": true});
        admin(
            app,
            "webhookEndpointUpdate",
            enable,
            "webhookEndpoint { id }",
        )
        .await;
        let replay = json!({"id": endpoint["id"], "since": "2021-03-10T12:00:00Z"});
        let replayed = admin(
            app,
            "webhookEndpointReplay",
            replay,
            "webhookEndpoint { id }",
        )
        .await;
        assert_eq!(replayed["userErrors"], json!([]));
        deliver(app).await;
        let slugs: Vec<Value> = receiver.told().iter().map(Told::json).collect();
        let slugs: Vec<&Value> = slugs.iter().map(|told| &told["data"]["slug"]).collect();
        assert!(slugs[1..].contains(&&json!("water")) && slugs[1..].contains(&&json!("roads")));
    })
    .await;
}

/// What the audit log has of webhooks that the server did itself, the newest
/// first.
async fn noted(app: &support::TestApp) -> Vec<Value> {
    let text = "{ auditLog(filter: {operation: \"webhook\"}) { nodes { actor note name } } }";
    let admin = support::key(masthead::access::Role::Admin);
    let answer = app.query_as(&admin, text).await;
    answer.at("/auditLog/nodes").as_array().unwrap().clone()
}
