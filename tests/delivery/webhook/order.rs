//! Of each thing messages come in order, whatever fails; held against a model.

use std::collections::BTreeMap;

use chrono::Duration;
use proptest::prelude::{Strategy, any, prop};
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use support::TestApp;
use support::seed::{issue, topic};

use super::receiver::{Receiver, Reply};
use super::{deliver, endpoints, on_each_engine, subscribe, wait};

/// What happens next.
#[derive(Clone, Debug)]
enum Act {
    /// One of three topics is written.
    Write(u8),
    /// The next message fails, by status.
    Fail,
    /// Time goes by, in seconds, and what is due is sent.
    Deliver(u16),
}

#[tokio::test]
async fn each_message_comes_at_least_once_and_in_order_for_each_thing() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let act = proptest::prop_oneof![
            (0..3_u8).prop_map(Act::Write),
            any::<bool>().prop_map(|_| Act::Fail),
            (0..900_u16).prop_map(Act::Deliver),
        ];
        let acts = prop::collection::vec(act, 30);
        let mut runner = TestRunner::new(Config::default());
        for run in 0..6 {
            let acts = acts.new_tree(&mut runner).unwrap();
            let acts = proptest::strategy::ValueTree::current(&acts);
            play(app, run, &acts).await;
        }
    })
    .await;
}

async fn play(app: &TestApp, run: u32, acts: &[Act]) {
    let receiver = Receiver::start().await;
    let endpoint = subscribe(app, &receiver, json!({"locales": ["en"]})).await;
    let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (step, act) in acts.iter().enumerate() {
        match act {
            Act::Write(which) => {
                let (slug, name) = (format!("t{which}"), format!("{run} {step}"));
                app.seed(topic(&slug).only_in(["en"]).name("en", &name))
                    .await;
                written.entry(slug).or_default().push(name);
                // What is told is what there is then.
                deliver(app).await;
            }
            Act::Fail => receiver.replies([Reply::Status(500)]),
            Act::Deliver(seconds) => {
                wait(app, Duration::seconds(i64::from(*seconds)));
                deliver(app).await;
            }
        }
    }
    while endpoints(app, "pendingCount")
        .await
        .iter()
        .any(|endpoint| endpoint["pendingCount"] != 0)
    {
        wait(app, Duration::hours(1));
        deliver(app).await;
    }

    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for message in receiver.told() {
        let data = message.json()["data"].clone();
        let slug = data["slug"].as_str().unwrap().to_owned();
        let position = data["position"].as_i64().unwrap();
        let before = last.insert(slug.clone(), position).unwrap_or(0);
        assert!(
            position >= before,
            "{slug}: {position} after {before}: {acts:?}"
        );
        let names = told.entry(slug).or_default();
        let name = data["name"].as_str().unwrap().to_owned();
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    assert_eq!(told, written, "{acts:?}");
    super::admin(
        app,
        "webhookEndpointDelete",
        json!({"id": endpoint["id"]}),
        "deleted",
    )
    .await;
}
