//! Feeds have pages (RFC 5005, section 3): a reader can fetch all of it.

use serde_json::Value;
use support::TestApp;
use support::seed::article;

use super::{atom, each, json, rss};

async fn seed(app: &TestApp, count: usize) {
    let articles = (0..count).map(|place| article(&format!("a{place:02}")));
    app.seed(articles.collect::<Vec<_>>()).await;
}

/// What follows `/feeds/` in an address.
fn path(url: &str) -> String {
    url.strip_prefix("http://localhost:8000/feeds/")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn each_page_leads_to_the_next_until_all_were_there() {
    TestApp::on_each_engine(async |app| {
        seed(app, 10).await;
        let expected: Vec<String> = (0..10)
            .rev()
            .map(|place| format!("a{place:02} en"))
            .collect();

        let mut titles = Vec::new();
        let mut next = Some("en/articles.json?limit=4".to_owned());
        while let Some(address) = next {
            let page = json(app, &address).await;
            titles.extend(each(&page, "title").into_iter().map(str::to_owned));
            next = page["next_url"].as_str().map(path);
        }
        assert_eq!(titles, expected);
    })
    .await;
}

#[tokio::test]
async fn pages_link_to_the_first_the_next_and_the_one_before() {
    TestApp::on_each_engine(async |app| {
        seed(app, 5).await;
        let link = |links: &[atom_syndication::Link], rel: &str| {
            let link = links.iter().find(|link| link.rel() == rel);
            link.map(|link| path(link.href()))
        };

        let first = atom(app, "en/articles.atom?limit=2").await;
        assert_eq!(
            link(first.links(), "self").as_deref(),
            Some("en/articles.atom?limit=2")
        );
        assert_eq!(link(first.links(), "previous"), None);
        let second = atom(app, &link(first.links(), "next").unwrap()).await;
        assert_eq!(
            link(second.links(), "first").as_deref(),
            Some("en/articles.atom?limit=2")
        );
        let third = atom(app, &link(second.links(), "next").unwrap()).await;
        assert_eq!(link(third.links(), "next"), None);
        assert_eq!(third.entries().len(), 1);
        let back = atom(app, &link(third.links(), "previous").unwrap()).await;
        assert_eq!(back.entries(), second.entries());
        assert_eq!(back.id(), first.id());

        let of_rss = rss(app, "en/articles.rss?limit=2").await;
        let rels = of_rss
            .atom_ext()
            .unwrap()
            .links()
            .iter()
            .map(atom_syndication::Link::rel);
        assert_eq!(rels.collect::<Vec<_>>(), ["self", "first", "next"]);
    })
    .await;
}

#[tokio::test]
async fn beyond_the_end_a_feed_is_empty() {
    TestApp::on_each_engine(async |app| {
        seed(app, 3).await;
        let page = json(app, "en/articles.json?limit=2").await;
        let next = path(page["next_url"].as_str().unwrap());
        let last = app
            .query("{ articles(first: 3) { pageInfo { endCursor } } }")
            .await;
        let last = last
            .at("/articles/pageInfo/endCursor")
            .as_str()
            .unwrap()
            .to_owned();

        for kind in ["json", "atom", "rss"] {
            let address = format!("en/articles.{kind}?after={last}");
            let reply = super::get(app, &address).await;
            assert!(!reply.text().contains("a0"), "{}", reply.text());
        }
        assert_eq!(json(app, &next).await["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_nothing_or_of_another_feed_is_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app, 3).await;
        let page: Value = json(app, "en/articles.json?limit=2").await;
        let next = page["next_url"].as_str().unwrap();
        let other = next.replace("/en/", "/be/");
        let client = app.client();

        for address in [
            "/feeds/en/articles.json?after=nonsense",
            "/feeds/en/articles.json?limit=many",
            other.strip_prefix("http://localhost:8000").unwrap(),
        ] {
            let reply = client.get(address, &[]).await;
            assert_eq!(reply.status, 400, "{address}: {}", reply.text());
            assert_eq!(
                reply.header("content-type"),
                "application/feed+json; charset=utf-8"
            );
        }
    })
    .await;
}
