//! oEmbed: what other sites show of a page of the website.

mod addresses;
mod answers;
mod cards;
mod contract;
mod fresh;
mod hostile;
mod independent;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use support::{Reply, TestApp};

/// The path that asks about `url`, with further parameters.
fn path(url: &str, further: &str) -> String {
    let url = utf8_percent_encode(url, NON_ALPHANUMERIC);
    format!("/oembed?url={url}{further}")
}

/// What is answered about `url`, whatever it is.
async fn ask(app: &TestApp, url: &str, further: &str) -> Reply {
    app.client().get(&path(url, further), &[]).await
}

/// What is told about `url`, which there is.
async fn told(app: &TestApp, url: &str, further: &str) -> Value {
    let reply = ask(app, url, further).await;
    assert_eq!(reply.status, 200, "{url}{further}: {}", reply.text());
    reply.json()
}

/// Assert that nothing is told about `url`, and that the error says no more.
async fn nothing(app: &TestApp, url: &str) {
    let reply = ask(app, url, "").await;
    assert_eq!(reply.status, 404, "{url}: {}", reply.text());
    assert_eq!(reply.code().as_deref(), Some("NOT_FOUND"), "{url}");
    assert_eq!(reply.header("cache-control"), "no-store");
    let errors = &reply.json()["errors"];
    let message = errors[0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("nothing is published at \""),
        "{message}"
    );
}
