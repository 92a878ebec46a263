//! Caches in front of the server are told what changed.

pub(super) mod cdn;
mod model;
mod questions;

use std::sync::Arc;

use axum::http::StatusCode;
use masthead::change_log::{Position, Reader};
use masthead::client::Client;
use masthead::clock::Clock;
use masthead::config::{Config, Purge, Sources};
use masthead::delivery::purge::{Target, keep_purging, settle};
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, topic};
use tokio::task::JoinHandle;
use url::Url;

use cdn::Cdn;

#[tokio::test]
async fn varnish_is_told_by_a_ban_of_a_pattern() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        let worker = start(app, varnish(&cdn.url)).await;

        app.seed(topic("roads")).await;

        let told = &cdn.told(1).await[0];
        assert_eq!(told.method.as_str(), "BAN");
        let pattern = told.header("surrogate-key-pattern");
        assert_eq!(pattern, r"(^|\s)(topic-2|topics|any-topic)(\s|$)");
        assert_eq!(told.header("xkey-purge"), "topic-2 topics any-topic");
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn fastly_is_told_by_surrogate_keys() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        let mut purge = Purge::default();
        purge.fastly.url = cdn.url.clone();
        let settings = [
            ("purge.fastly.service", "SU1Z0"),
            ("purge.fastly.token", "hush"),
        ];
        let worker = start(app, with(purge, &settings)).await;

        app.seed(topic("roads")).await;

        let told = &cdn.told(1).await[0];
        assert_eq!(
            (told.method.as_str(), &*told.path),
            ("POST", "/service/SU1Z0/purge")
        );
        assert_eq!(told.header("fastly-key"), "hush");
        assert_eq!(told.header("surrogate-key"), "topic-2 topics any-topic");
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn cloudflare_is_told_by_thirty_tags_at_a_time() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        let mut purge = Purge::default();
        purge.cloudflare.url = cdn.url.join("client/v4").unwrap();
        let settings = [
            ("purge.cloudflare.zone", "023e"),
            ("purge.cloudflare.token", "hush"),
        ];
        let worker = start(app, with(purge, &settings)).await;

        let many = (0..40).map(|number| topic(&format!("t{number}")));
        app.seed(many.fold(topic("roads").into(), support::seed::Content::with))
            .await;

        let told = cdn.told(2).await;
        let place = "/client/v4/zones/023e/purge_cache";
        assert_eq!((told[0].method.as_str(), &*told[0].path), ("POST", place));
        assert_eq!(told[0].header("authorization"), "Bearer hush");
        assert_eq!(told[0].header("content-type"), "application/json");
        let tags: Vec<Value> = told.iter().flat_map(|told| tags(&told.body)).collect();
        assert_eq!(tags.len(), 43);
        assert_eq!(tags[..2], [json!("topic-2"), json!("topic-3")]);
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_cache_that_refuses_is_told_again_until_it_does_not() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        cdn.refuse([StatusCode::SERVICE_UNAVAILABLE, StatusCode::FORBIDDEN]);
        let worker = start(app, varnish(&cdn.url)).await;

        app.seed(topic("roads")).await;

        let told = cdn.told(3).await;
        let patterns: Vec<_> = told.iter().map(|told| told.header("xkey-purge")).collect();
        assert_eq!(patterns, ["topic-2 topics any-topic"; 3]);
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_purge_is_sent_once_more_after_a_while() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        let worker = start(app, varnish(&cdn.url)).await;

        app.seed(topic("roads")).await;

        let told = cdn.told(2).await;
        assert_eq!(told[0].header("xkey-purge"), told[1].header("xkey-purge"));
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn what_changes_while_nobody_purges_is_purged_by_the_next_who_does() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let cdn = Cdn::start().await;
        cdn.refuse([StatusCode::SERVICE_UNAVAILABLE]);
        let purge = varnish(&cdn.url);
        let worker = start(app, purge.clone()).await;
        app.seed(topic("roads")).await;
        cdn.told(1).await;
        worker.abort();
        app.seed(topic("fields")).await;

        let worker = start(app, purge).await;

        let told = &cdn.told(2).await[1];
        assert_eq!(
            told.header("xkey-purge"),
            "topic-2 topic-3 topics any-topic"
        );
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn an_article_that_moves_is_purged_where_it_was_and_where_it_is() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").in_issue(7).topic("water")).await;
        let cdn = Cdn::start().await;
        let worker = start(app, varnish(&cdn.url)).await;

        app.seed(article("ice").in_issue(8).topic("roads")).await;

        let told = &cdn.told(1).await[0];
        let tags: Vec<&str> = told.header("xkey-purge").split(' ').collect();
        for tag in [
            "article-1",
            "issue-1-articles",
            "issue-2-articles",
            "topic-1-articles",
            "topic-2-articles",
        ] {
            assert!(tags.contains(&tag), "{tag}: {tags:?}");
        }
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_cache_that_is_named_no_more_holds_no_entry_back() {
    TestApp::on_each_engine(async |app| {
        let named = |url: &str| Target::all(&varnish(&url.parse().unwrap())).remove(0);
        let (kept, gone) = (named("http://one/"), named("http://two/"));
        let former = saved(app, &kept).await;
        assert_eq!(saved(app, &gone).await, former);
        app.seed(topic("water")).await;

        let named = std::slice::from_ref(&kept);
        settle(app.database(), named, app.clock().now())
            .await
            .unwrap();

        assert_eq!(saved(app, &kept).await, former);
        assert!(saved(app, &gone).await > former, "it begins anew");
    })
    .await;
}

/// How far a cache was told; one that is new, as far as there is anything.
async fn saved(app: &TestApp, target: &Target) -> Position {
    let (name, now) = (target.reader(), app.clock().now());
    let reader = Reader::from_now(app.database(), &name, now);
    reader.await.unwrap().position()
}

/// Purge one cache, from now on.
async fn start(app: &TestApp, purge: Purge) -> JoinHandle<()> {
    let target = Target::all(&purge).remove(0);
    let clock = Arc::new(Clock::at(app.clock().now()));
    // What is seeded from here on is news.
    saved(app, &target).await;
    let client = Client::try_new().unwrap();
    tokio::spawn(keep_purging(app.database().clone(), clock, client, target))
}

fn varnish(url: &Url) -> Purge {
    Purge {
        varnish: vec![url.clone()],
        ..Purge::default()
    }
}

/// `purge` with settings that are read from text.
fn with(purge: Purge, settings: &[(&'static str, &str)]) -> Purge {
    let sources = Sources {
        flags: settings
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        // No file of the folder that the tests run in.
        environment: std::iter::once(("MASTHEAD_CONFIG".into(), "/dev/null".into())).collect(),
        file: None,
    };
    let set = Config::load(&sources).unwrap().purge;
    let mut made = purge;
    (made.fastly.service, made.fastly.token) = (set.fastly.service, set.fastly.token);
    (made.cloudflare.zone, made.cloudflare.token) = (set.cloudflare.zone, set.cloudflare.token);
    made
}

fn tags(body: &str) -> Vec<Value> {
    let body: Value = serde_json::from_str(body).unwrap();
    body["tags"].as_array().unwrap().clone()
}
