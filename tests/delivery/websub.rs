//! Hubs are told which feeds changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use masthead::app::App;
use masthead::client::Client;
use masthead::clock::Clock;
use masthead::config::WebSub;
use masthead::delivery::websub::{keep_announcing, settle};
use support::TestApp;
use support::seed::{Content, article, issue, topic};
use tokio::task::JoinHandle;
use url::form_urlencoded;

use crate::delivery::purge::cdn::{Cdn, Told};

#[tokio::test]
async fn a_hub_is_told_which_feeds_an_article_is_in() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            article("ice")
                .in_issue(2)
                .topic("water")
                .by(["ann"])
                .only_in(["en"])
                .draft("en"),
        )
        .await;
        let hub = Cdn::start().await;
        let worker = start(app, &websub(&hub)).await;

        app.seed(
            article("ice")
                .in_issue(2)
                .topic("water")
                .by(["ann"])
                .only_in(["en"]),
        )
        .await;

        let told = hub.told(1).await.remove(0);
        assert_eq!(told.method.as_str(), "POST");
        let kind = told.header("content-type");
        assert_eq!(kind, "application/x-www-form-urlencoded");
        let mode = pairs(&told)
            .into_iter()
            .find(|(name, _)| name == "hub.mode");
        assert_eq!(mode.unwrap().1, "publish");
        let feeds = feeds(&[told]);
        for feed in [
            "articles",
            "issues/latest",
            "topics/water",
            "authors/ann",
            "issues/issue-2",
        ] {
            for end in ["rss", "atom", "json", "rss?content=full"] {
                let url = format!("https://api.example.org/feeds/en/{feed}.{end}");
                assert!(feeds.contains(&url), "{url}: {feeds:#?}");
            }
        }
        assert!(feeds.iter().all(|url| !url.contains("/be/")), "{feeds:#?}");
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn editions_that_are_named_are_told_instead() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let hub = Cdn::start().await;
        let list = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect();
        let websub = WebSub {
            editions: Some(vec![list(&["be", "ru"]), list(&["en"])]),
            ..websub(&hub)
        };
        let worker = start(app, &websub).await;

        app.seed(topic("roads").only_in(["ru"])).await;

        let feeds = feeds(&hub.told(1).await);
        let in_both = "https://api.example.org/feeds/be,ru/topics/roads.atom";
        assert!(feeds.contains(in_both), "{feeds:#?}");
        assert!(
            feeds.iter().all(|url| url.contains("/be,ru/")),
            "{feeds:#?}"
        );
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_hub_that_refuses_is_told_again_until_it_does_not() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let hub = Cdn::start().await;
        hub.refuse([StatusCode::SERVICE_UNAVAILABLE, StatusCode::FORBIDDEN]);
        let worker = start(app, &websub(&hub)).await;

        app.seed(topic("roads").only_in(["en"])).await;

        let told = hub.told(3).await;
        assert_eq!(told[0].body, told[2].body);
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn what_changes_while_nobody_tells_is_told_by_the_next_who_does() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let hub = Cdn::start().await;
        let websub = websub(&hub);
        settle(app.database(), &websub, app.clock().now())
            .await
            .unwrap();
        app.seed(topic("roads").only_in(["en"])).await;

        let worker = start(app, &websub).await;

        let feeds = feeds(&hub.told(1).await);
        let roads = "https://api.example.org/feeds/en/topics/roads.rss";
        assert!(feeds.contains(roads), "{feeds:#?}");
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn an_import_is_told_by_the_feeds_of_all_articles() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let hub = Cdn::start().await;
        let worker = start(app, &websub(&hub)).await;

        let many = (0..400).map(|number| topic(&format!("t{number}")).only_in(["en"]));
        app.seed(many.fold(topic("roads").only_in(["en"]).into(), Content::with))
            .await;

        let feeds = feeds(&hub.told(1).await);
        assert_eq!(feeds.len(), 12, "{feeds:#?}");
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_feed_names_the_hubs_that_are_told_of_it() {
    let hub = "https://hub.example/";
    let named = |app: &mut App| {
        app.websub = Arc::new(WebSub {
            hubs: vec![hub.parse().unwrap()],
            editions: None,
        });
    };
    TestApp::on_each_engine_with(named, async |app| {
        app.seed(article("ice").topic("water").by(["ann"])).await;

        for (feed, is_told) in [
            ("/feeds/en/articles.atom", true),
            ("/feeds/en/topics/water.rss?content=full", true),
            ("/feeds/en/authors/ann.json", true),
            ("/feeds/en/issues/latest.atom", true),
            ("/feeds/be,en/articles.atom", false),
            ("/feeds/en/search.atom?q=ice", false),
            ("/feeds/en/articles.atom?limit=5", false),
            ("/feeds/en/issues/1.atom", false),
        ] {
            let reply = app.client().get(feed, &[]).await;

            assert_eq!(reply.status, 200, "{feed}");
            assert_eq!(
                reply.text().contains(hub),
                is_told,
                "{feed}: {}",
                reply.text()
            );
        }
    })
    .await;
}

fn websub(hub: &Cdn) -> WebSub {
    WebSub {
        hubs: vec![hub.url.clone()],
        editions: None,
    }
}

/// Tell one hub, from now on.
async fn start(app: &TestApp, websub: &WebSub) -> JoinHandle<()> {
    let now = app.clock().now();
    settle(app.database(), websub, now).await.unwrap();
    tokio::spawn(keep_announcing(
        app.database().clone(),
        Arc::new(Clock::at(now)),
        Client::try_new().unwrap(),
        (Arc::new(websub.clone()), websub.hubs[0].clone()),
        Arc::from("https://api.example.org"),
    ))
}

fn pairs(told: &Told) -> Vec<(String, String)> {
    form_urlencoded::parse(told.body.as_bytes())
        .into_owned()
        .collect()
}

/// The feeds that requests name.
fn feeds(told: &[Told]) -> BTreeSet<String> {
    let pairs = told.iter().flat_map(pairs);
    let named = pairs.filter(|(name, _)| name == "hub.url");
    named.map(|(_, url)| url).collect()
}
