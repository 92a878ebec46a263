//! Ids are the same for ever, and in every kind.

use std::collections::BTreeSet;

use support::TestApp;
use support::seed::{article, publication};

use super::{atom, each, json, rss};

#[tokio::test]
async fn an_article_has_one_id_in_every_kind_feed_and_language() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").topic("water").by(["anna"])).await;
        let mut ids = BTreeSet::new();
        for path in ["articles", "topics/water", "authors/anna", "issues/1"] {
            for locale in ["en", "be,ru"] {
                let json = json(app, &format!("{locale}/{path}.json")).await;
                ids.insert(each(&json, "id")[0].to_owned());
                let rss = rss(app, &format!("{locale}/{path}.rss")).await;
                let guid = rss.items()[0].guid().unwrap().clone();
                assert!(!guid.permalink);
                ids.insert(guid.value);
                let atom = atom(app, &format!("{locale}/{path}.atom")).await;
                ids.insert(atom.entries()[0].id().to_owned());
            }
        }

        assert_eq!(ids.len(), 1, "{ids:?}");
        assert!(ids.first().unwrap().starts_with("urn:uuid:"));
    })
    .await;
}

#[tokio::test]
async fn an_id_stays_when_slugs_titles_and_addresses_change() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let before = json(app, "en/articles.json").await;
        let feed = atom(app, "en/articles.atom").await.id().to_owned();

        app.seed(
            article("ice")
                .slug("en", "thin-ice")
                .title("en", "Thin ice"),
        )
        .await;
        let moved = app.database().writer();
        sea_orm::ConnectionTrait::execute_unprepared(
            moved,
            "UPDATE publications SET url = 'https://moved.example', version = version + 1",
        )
        .await
        .unwrap();
        app.forget_settings();
        let after = json(app, "en/articles.json?limit=19").await;

        assert_eq!(
            each(&after, "url"),
            ["https://moved.example/en/articles/thin-ice"]
        );
        assert_eq!(each(&after, "id"), each(&before, "id"));
        assert_eq!(atom(app, "en/articles.atom?limit=19").await.id(), feed);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_moves_the_website_keeps_the_ids() {
    TestApp::on_each_engine(async |app| {
        let records = |url: &str| {
            let content = publication().with(article("ice")).to_string();
            content.replace("https://example.org", url)
        };
        app.import(&records("https://example.org")).await.unwrap();
        let before = json(app, "en/articles.json").await;

        app.import(&records("https://moved.example")).await.unwrap();
        let after = json(app, "en/articles.json").await;

        assert_ne!(each(&after, "url"), each(&before, "url"));
        assert_eq!(each(&after, "id"), each(&before, "id"));
    })
    .await;
}
