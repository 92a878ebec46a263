//! The embed, as partners put it on their pages.

mod browser;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use masthead::app::App;
use masthead::database::Engine;
use masthead::graphql::persisted::{Mode, PersistedDocuments};
use masthead::graphql::trusted::Trusted;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, issue, publication};

/// What the script may take, packed.
const MOST_BYTES: usize = 10 * 1024;

#[tokio::test]
async fn the_script_is_small_and_for_any_page() {
    let app = TestApp::on(Engine::Sqlite).await;

    let script = app.client().get("/embed.js", &[]).await;

    assert_eq!(script.status, 200);
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(script.header("access-control-allow-origin"), "*");
    assert_eq!(
        script.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&script.body).unwrap();
    let bytes = packed.finish().unwrap().len();
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
    app.end().await;
}

#[tokio::test]
async fn what_the_embed_asks_for_is_trusted_wherever_nothing_else_is() {
    TestApp::on_each_engine_with(trust_nothing_else, async |app| {
        let locales = publication().locales(["en", "be"]);
        app.seed(locales.with(issue(3).with(article("ice").topic("water").by(["anna"]))))
            .await;
        for (id, variables, path, found) in [
            (
                "masthead-feed-1",
                json!({ "first": 5, "filter": { "topic": { "slug": { "eq": "water" } } } }),
                "/articles/nodes/0/title",
                "ice en",
            ),
            (
                "masthead-issue-1",
                json!({ "first": 5, "by": { "number": 3 } }),
                "/issue/articles/nodes/0/authors/0/name",
                "anna en",
            ),
            (
                "masthead-latest-issue-1",
                json!({ "first": 5, "locales": ["be"] }),
                "/issue/locale",
                "be",
            ),
            (
                "masthead-choices-1",
                json!({}),
                "/topics/nodes/0/slug",
                "water",
            ),
        ] {
            let answer = asked(app, id, &variables).await;

            assert_eq!(answer["errors"], Value::Null, "{id}");
            let value = answer["data"].pointer(path).and_then(Value::as_str);
            assert_eq!(value, Some(found), "{id}: {answer}");
        }
        let other = app.client().query("{ __typename }").await;
        assert_eq!(other.code().as_deref(), Some("TRUSTED_DOCUMENTS_ONLY"));
    })
    .await;
}

fn trust_nothing_else(app: &mut App) {
    app.persisted = PersistedDocuments::new(Trusted::default(), Mode::Trusted);
}

async fn asked(app: &TestApp, id: &str, variables: &Value) -> Value {
    let variables = variables.to_string();
    let variables = utf8_percent_encode(&variables, NON_ALPHANUMERIC);
    let path = format!("/graphql?documentId={id}&variables={variables}");
    app.client().get(&path, &[]).await.json()
}
