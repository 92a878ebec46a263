//! Several processes on one database, and processes that are killed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Duration;
use masthead::change_log;
use masthead::client::OutsideClient;
use masthead::delivery::webhook::{MAX_WAITING, keep_delivering, prune};
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Content, issue, topic};

use super::receiver::{Receiver, Reply};
use super::{
    admin, courier, deliver, deliveries, endpoints, guard, on_each_engine, subscribe, wait,
};

/// So many topics, in English alone.
fn topics(count: usize) -> Content {
    let topics = (1..count).map(|number| topic(&format!("t{number}")).only_in(["en"]));
    topics.fold(topic("t0").only_in(["en"]).into(), Content::with)
}

#[tokio::test]
async fn of_several_processes_one_sends_each_message() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        app.seed(topics(40)).await;

        let (mut one, mut other, mut third) = (courier(app), courier(app), courier(app));
        let (a, b, c) = tokio::join!(one.settle(), other.settle(), third.settle());

        for done in [a, b, c] {
            done.unwrap();
        }
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for told in receiver.told() {
            *ids.entry(told.header("webhook-id").to_owned()).or_default() += 1;
        }
        assert_eq!(ids.len(), 40);
        assert!(ids.values().all(|times| *times == 1), "{ids:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_process_was_sending_is_sent_by_another() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Hangs]);
        app.seed(topic("water").only_in(["en"])).await;
        let mut killed = courier(app);
        killed.step().await.unwrap();
        receiver.told_at_least(1).await;
        drop(killed);

        deliver(app).await;
        assert_eq!(receiver.told().len(), 1, "it is held by who was killed");
        wait(app, Duration::seconds(61));
        deliver(app).await;

        assert_eq!(receiver.told().len(), 2);
        assert_eq!(endpoints(app, "pendingCount").await[0]["pendingCount"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_running_server_tells_at_once() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        let client = OutsideClient::try_new(guard()).unwrap();
        let clock = Arc::clone(&app.app().clock);
        let database = app.database().clone();
        let worker = tokio::spawn(keep_delivering(database, clock, client));

        app.seed(topic("water").only_in(["en"])).await;
        receiver.told_at_least(1).await;
        receiver.kill().await;
        app.seed(topic("roads").only_in(["en"])).await;
        receiver.restart().await;
        wait(app, Duration::minutes(1));

        receiver.told_at_least(2).await;
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_bounded_and_the_log_keeps_the_rest() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.kill().await;
        let many = MAX_WAITING as usize + 30;

        app.seed(topics(many)).await;
        let mut courier = courier(app);
        while courier.step().await.unwrap() && pending(app).await < MAX_WAITING {}
        // Time for the log to lose what nobody waits for.
        for _ in 0..3 {
            courier.step().await.unwrap();
        }
        assert_eq!(pending(app).await, MAX_WAITING);
        drop(courier);

        let later = app.clock().now() + Duration::days(40);
        change_log::compact(app.database(), later).await.unwrap();
        receiver.restart().await;
        for _ in 0..20 {
            wait(app, Duration::minutes(5));
            deliver(app).await;
        }
        let mut ids: Vec<String> = receiver
            .told()
            .iter()
            .map(|told| told.header("webhook-id").to_owned())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), many);
    })
    .await;
}

async fn pending(app: &TestApp) -> u64 {
    let count = endpoints(app, "pendingCount").await[0]["pendingCount"].clone();
    count.as_u64().unwrap()
}

#[tokio::test]
async fn what_ended_long_ago_goes_and_what_waits_stays() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        wait(app, Duration::days(31));
        receiver.replies([Reply::Status(500)]);
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        let now = app.clock().now();
        assert_eq!(prune(app.database(), now).await.unwrap(), 1);
        assert_eq!(prune(app.database(), now).await.unwrap(), 0);

        let kept = deliveries(app, "{}", "state payload").await;
        assert_eq!(kept.len(), 1);
        let payload: Value = serde_json::from_str(kept[0]["payload"].as_str().unwrap()).unwrap();
        assert_eq!(payload["data"]["slug"], "roads");
        let gone = json!({"id": endpoint["id"]});
        admin(app, "webhookEndpointDelete", gone, "deleted").await;
        assert_eq!(deliveries(app, "{}", "id").await.len(), 0);
        assert_eq!(prune(app.database(), now).await.unwrap(), 0);
    })
    .await;
}
