//! Servers that partners name are told what changed.

mod administration;
mod faults;
mod independent;
mod order;
mod receiver;
mod retries;
mod several;
mod telling;

use std::sync::Arc;

use chrono::Duration;
use masthead::access::Role;
use masthead::app::App;
use masthead::client::{Guard, OutsideClient};
use masthead::delivery::webhook::Courier;
use serde_json::{Value, json};
use support::{TestApp, key};

use receiver::Receiver;

/// Run a test on each engine, with receivers on this machine allowed.
async fn on_each_engine(test: impl AsyncFn(&TestApp)) {
    let allow = |app: &mut App| app.guard = Arc::new(guard());
    TestApp::on_each_engine_with(allow, test).await;
}

fn guard() -> Guard {
    Guard {
        allows_http: true,
        networks: vec!["127.0.0.0/8".parse().unwrap()],
    }
}

/// Who sends what is due.
fn courier(app: &TestApp) -> Courier {
    courier_by(app, OutsideClient::try_new(guard()).unwrap())
}

fn courier_by(app: &TestApp, client: OutsideClient) -> Courier {
    let clock = Arc::clone(&app.app().clock);
    Courier::new(app.database().clone(), clock, client)
}

/// Send all that is due now.
async fn deliver(app: &TestApp) {
    courier(app).settle().await.unwrap();
}

fn wait(app: &TestApp, time: Duration) {
    app.clock().advance(time);
}

/// What an admin's mutation answers, by its payload.
async fn admin(app: &TestApp, name: &str, input: Value, selection: &str) -> Value {
    let selection = format!("{selection} userErrors {{ code message field }}");
    let answer = app
        .mutate_as(&key(Role::Admin), name, input, &selection)
        .await;
    answer.at(&format!("/{name}")).clone()
}

/// Let a receiver be told; the answer has the endpoint's `id` and `secret`.
async fn subscribe(app: &TestApp, receiver: &Receiver, mut input: Value) -> Value {
    input["url"] = receiver.url().into();
    let selection = "webhookEndpoint { id } secret";
    let made = admin(app, "webhookEndpointCreate", input, selection).await;
    assert_eq!(made["userErrors"], json!([]));
    json!({"id": made["webhookEndpoint"]["id"], "secret": made["secret"]})
}

/// What an admin reads of all endpoints.
async fn endpoints(app: &TestApp, selection: &str) -> Vec<Value> {
    let text = format!("{{ webhookEndpoints {{ nodes {{ {selection} }} }} }}");
    let answer = app.query_as(&key(Role::Admin), &text).await;
    let nodes = answer.at("/webhookEndpoints/nodes");
    nodes.as_array().unwrap().clone()
}

/// What an admin reads of deliveries, the newest first.
async fn deliveries(app: &TestApp, filter: &str, selection: &str) -> Vec<Value> {
    let text = format!(
        "{{ webhookDeliveries(first: 100, filter: {filter}) {{ nodes {{ {selection} }} }} }}"
    );
    let answer = app.query_as(&key(Role::Admin), &text).await;
    let nodes = answer.at("/webhookDeliveries/nodes");
    nodes.as_array().unwrap().clone()
}
