//! Receivers that hang, flood, redirect, or are where nobody may ask.

use std::time::Duration;

use chrono::Duration as Time;
use masthead::client::{Guard, OutsideClient};
use serde_json::{Value, json};
use support::seed::{issue, topic};

use super::receiver::{Receiver, Reply};
use super::{courier_by, deliver, deliveries, endpoints, guard, on_each_engine, subscribe, wait};

const ATTEMPTS: &str = "state attempts { status failure response }";

#[tokio::test]
async fn a_receiver_that_hangs_is_left_after_a_while_and_tried_again() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Hangs]);
        app.seed(topic("water").only_in(["en"])).await;

        let client = OutsideClient::try_new(guard()).unwrap();
        let client = client.waiting(Duration::from_millis(100));
        courier_by(app, client).settle().await.unwrap();

        let tried = &deliveries(app, "{}", ATTEMPTS).await[0];
        assert_eq!(tried["state"], "PENDING");
        assert_eq!(
            tried["attempts"][0]["failure"],
            "there was no answer within 100 ms"
        );
        wait(app, Time::seconds(12));
        deliver(app).await;
        assert_eq!(receiver.told().len(), 2);
        assert_eq!(endpoints(app, "pendingCount").await[0]["pendingCount"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_slow_receiver_keeps_no_other_from_being_told() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        subscribe(app, &slow, json!({})).await;
        subscribe(app, &quick, json!({})).await;
        slow.replies(std::iter::repeat_n(Reply::Hangs, 100));
        let mut courier = super::courier(app);
        let more = (0..30).map(|number| topic(&format!("t{number}")).only_in(["en"]));
        app.seed(more.fold(
            topic("water").only_in(["en"]).into(),
            support::seed::Content::with,
        ))
        .await;

        while quick.told().len() < 31 {
            courier.step().await.unwrap();
            courier.landing().await;
        }

        assert!(
            slow.told().len() <= 4,
            "a few at a time: {}",
            slow.told().len()
        );
    })
    .await;
}

#[tokio::test]
async fn of_an_endless_answer_the_beginning_is_read() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::Floods]);
        app.seed(topic("water").only_in(["en"])).await;

        deliver(app).await;

        let tried = &deliveries(app, "{}", ATTEMPTS).await[0];
        assert_eq!(tried["state"], "DELIVERED");
        assert_eq!(tried["attempts"][0]["response"], "x".repeat(1_024));
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        subscribe(app, &receiver, json!({})).await;
        receiver.replies([Reply::With(307, "location", elsewhere.url())]);
        app.seed(topic("water").only_in(["en"])).await;

        deliver(app).await;

        assert_eq!(elsewhere.told().len(), 0);
        let tried = &deliveries(app, "{}", ATTEMPTS).await[0];
        assert_eq!(tried["state"], "PENDING");
        assert_eq!(tried["attempts"][0]["status"], 307);
    })
    .await;
}

/// The address is judged when it is connected to, whatever it was when the
/// endpoint was made: as a name that leads elsewhere since.
#[tokio::test]
async fn an_address_that_is_not_public_is_not_connected_to() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        let named = receiver.url().replace("127.0.0.1", "localhost");
        let rename = json!({"id": endpoint["id"], "url": named});
        let renamed = super::admin(
            app,
            "webhookEndpointUpdate",
            rename,
            "webhookEndpoint { url }",
        );
        assert_eq!(renamed.await["webhookEndpoint"]["url"], named);
        app.seed(topic("water").only_in(["en"])).await;

        let strict = Guard {
            allows_http: true,
            ..Guard::default()
        };
        let client = OutsideClient::try_new(strict).unwrap();
        courier_by(app, client).settle().await.unwrap();

        assert_eq!(receiver.told().len(), 0);
        let tried = &deliveries(app, "{}", ATTEMPTS).await[0];
        let failure = tried["attempts"][0]["failure"].as_str().unwrap();
        assert!(failure.contains("is not a public address"), "{failure}");
        assert_eq!(tried["attempts"][0]["status"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn without_tls_nothing_is_sent_unless_that_is_allowed() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;
        app.seed(topic("water").only_in(["en"])).await;

        let strict = Guard {
            allows_http: false,
            ..guard()
        };
        let client = OutsideClient::try_new(strict).unwrap();
        courier_by(app, client).settle().await.unwrap();

        assert_eq!(receiver.told().len(), 0);
    })
    .await;
}
