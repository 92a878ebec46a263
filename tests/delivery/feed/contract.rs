//! Feeds that a partner asks for with a key.

use async_graphql::MaybeUndefined::Value;
use masthead::access::ContractContent;
use masthead::administration::api_key::{TermsChange, TopicName};
use support::seed::{article, issue};
use support::{Reply, TestApp};

use super::each;

async fn partner(app: &TestApp) -> String {
    app.seed(issue(1).with([
        article("lakes").topic("water"),
        article("bridges").topic("roads"),
    ]))
    .await;
    let contract = TermsChange {
        locales: Value(vec!["be".to_owned(), "ru".to_owned()]),
        topics: Value(vec![TopicName::Slug("water".to_owned())]),
        content: Some(ContractContent::Summary),
        ..TermsChange::default()
    };
    app.make_partner("partner", contract).await
}

async fn get(app: &TestApp, key: &str, path: &str) -> Reply {
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    app.client().get(&format!("/feeds/{path}"), &headers).await
}

#[tokio::test]
async fn a_feed_holds_what_the_contract_leaves_and_is_for_the_partner_alone() {
    TestApp::on_each_engine(async |app| {
        let key = partner(app).await;

        for _ in 0..2 {
            let reply = get(app, &key, "be,ru/articles.json").await;
            let everyones = super::json(app, "be,ru/articles.json").await;
            let feed = reply.json();

            assert_eq!(each(&feed, "title").len(), 1, "{feed}");
            assert_eq!(each(&everyones, "title").len(), 2);
            assert_eq!(reply.header("cache-control"), "private, no-store");
        }
        let topic = get(app, &key, "ru/topics/water.json").await;
        assert_eq!(each(&topic.json(), "title").len(), 1);
        let found = get(app, &key, "ru/search.json?q=bridges").await;
        assert_eq!(each(&found.json(), "title").len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_feed_beyond_the_contract_is_refused_in_its_own_type() {
    TestApp::on_each_engine(async |app| {
        let key = partner(app).await;

        for (path, message) in [
            (
                "en/articles",
                "the key is for the locales be, ru, not for \"en\"",
            ),
            (
                "be/topics/roads",
                "the key is not for the topic of this feed",
            ),
            (
                "be/articles",
                "the key is for summaries: there is no feed of whole texts for it",
            ),
        ] {
            for (kind, media_type) in [
                ("rss", "application/rss+xml; charset=utf-8"),
                ("atom", "application/atom+xml; charset=utf-8"),
                ("json", "application/feed+json; charset=utf-8"),
            ] {
                let full = if message.contains("whole") {
                    "?content=full"
                } else {
                    ""
                };
                let reply = get(app, &key, &format!("{path}.{kind}{full}")).await;

                let text = reply.text().replace("&quot;", "\"").replace("\\\"", "\"");
                assert_eq!(reply.status, 403, "{path}.{kind}: {text}");
                assert_eq!(reply.header("content-type"), media_type);
                assert!(text.contains(message), "{text}");
                assert!(text.contains("OUT_OF_SCOPE"), "{text}");
            }
        }
        let nothing = get(app, &key, "be/topics/nothing.rss").await;
        assert_eq!(nothing.status, 404);
    })
    .await;
}
