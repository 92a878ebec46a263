//! Feeds, sitemaps and oEmbed answers that caches in front keep are purged when they differ.

use std::collections::BTreeSet;

use masthead::cache::tag::{Tag, joined, told};
use masthead::content::publication::SettingsCache;
use masthead::database::Engine;
use masthead::delivery::purge::tags_of;
use masthead::delivery::{Document, feed, oembed, sitemap};
use proptest::collection::vec;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use support::{TestApp, cluster};

use crate::change_log::replica::draft::{Round, Write, rounds};
use crate::change_log::replica::write;
use crate::change_log::{entries, position};

const FEEDS: &[&str] = &[
    "/feeds/en/articles.json",
    "/feeds/be,ru/articles.json?limit=1&content=full",
    "/feeds/ru,en/topics/topic-0.json",
    "/feeds/en/topics/topic-1.json?limit=1",
    "/feeds/be/authors/author-0.json",
    "/feeds/ru,be,en/authors/author-1.json?content=full",
    "/feeds/en/issues/latest.json",
    "/feeds/be,en/issues/1.json",
    "/feeds/be/issues/issue-2.json",
    "/feeds/en/search.json?q=ice",
];

const SITEMAPS: &[&str] = &[
    "/sitemap.xml",
    "/sitemaps/articles-2021.xml",
    "/sitemaps/issues.xml",
    "/sitemaps/topics.xml",
    "/sitemaps/authors.xml",
    "/sitemaps/news.xml",
];

/// What the website shows at these addresses.
const PAGES: &[&str] = &[
    "/en/articles/slug-0",
    "/be/articles/slug-1",
    "/ru/articles/slug-2-new&locales=ru,en",
    "/be/issues/issue-1",
    "/en/issues/issue-2-new",
    "/ru/topics/topic-0",
    "/be/authors/author-1",
];

#[test]
fn what_is_delivered_and_differs_has_a_tag_that_is_purged_has_a_tag_that_is_purged() {
    let config = Config {
        cases: 8,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let paths = FEEDS.iter().chain(SITEMAPS).map(|&path| path.to_owned());
    let pages = PAGES.iter();
    let pages = pages.map(|page| format!("/oembed?url=https://example.org{page}"));
    let paths: Vec<String> = paths.chain(pages).collect();
    let drawn = (vec(rounds(), 2), vec(select(paths), 8));

    let outcome = TestRunner::new(config).run(&drawn, |(rounds, paths)| {
        let rounds: Vec<Round> = rounds.into_iter().flatten().collect();
        for engine in cluster::engines() {
            runtime.block_on(hold(engine, &rounds, &paths));
        }
        Ok(())
    });

    outcome.unwrap();
}

async fn hold(engine: Engine, rounds: &[Round], paths: &[String]) {
    let app = TestApp::on(engine).await;
    let mut kept: Vec<Option<Document>> = vec![None; paths.len()];
    for round in rounds {
        let before = position(&app).await;
        write(&app, &round.write).await;
        let entries = entries(&app, before).await;
        let purged = tags_of(app.database(), &entries).await.unwrap();
        // A compaction lets time pass, which no purge tells of.
        let in_time = !matches!(round.write, Write::Compact);

        for (path, kept) in paths.iter().zip(&mut kept) {
            let now = document(&app, path).await;
            if let Some(before) = kept.as_ref().filter(|before| before.is_found()) {
                let tags: BTreeSet<Tag> = told(before.noted.tags.iter());
                let same = before.status == now.status && before.body == now.body;
                assert!(
                    same || !purged.is_disjoint(&tags) || before.is_timely && !in_time,
                    "{path}\nwas {}\nis {}\nheld {}\nwas purged {}\n{:?}",
                    String::from_utf8_lossy(&before.body),
                    String::from_utf8_lossy(&now.body),
                    joined(&tags, " "),
                    joined(&purged, " "),
                    round.write,
                );
            }
            *kept = Some(now);
        }
    }
    app.end().await;
}

async fn document(app: &TestApp, path: &str) -> Document {
    let settings = SettingsCache::default();
    let (place, query) = match path.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (path, None),
    };
    if path.starts_with("/feeds/") {
        let address = feed::Address::parse(place, query).unwrap();
        return feed::document(app.app(), &settings, (&address, None))
            .await
            .unwrap();
    }
    if path.starts_with(oembed::PATH) {
        let request = oembed::Request::parse(query).unwrap();
        return oembed::document(app.app(), &settings, (&request, None))
            .await
            .unwrap();
    }
    let now = support::NOW.parse().unwrap();
    let address = sitemap::Address::parse(place, now).unwrap();
    sitemap::document(app.app(), &settings, address)
        .await
        .unwrap()
}
