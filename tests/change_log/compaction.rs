//! The log stays small: what newer entries supersede goes in time. That reading
//! it still rebuilds what is published, `replica` tests.

use chrono::Duration;
use masthead::change_log::{Position, Reader, compact};
use support::TestApp;
use support::seed::{Article, article, issue};

use super::{entries, position, told};

#[tokio::test]
async fn of_each_thing_in_each_locale_the_newest_entry_stays() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice().title("en", "Old ice")).await;
        app.seed(ice().title("en", "New ice")).await;
        app.seed(ice().title("en", "New ice").draft("be")).await;

        let removed = compact_after(app, 31).await;

        assert_eq!(removed, 2);
        let left = told(app, Position::START).await;
        let left: Vec<_> = left
            .iter()
            .filter(|told| told.contains("ARTICLE"))
            .collect();
        assert_eq!(
            left,
            ["UPDATED ARTICLE ice en", "UNPUBLISHED ARTICLE ice be"]
        );
        assert_eq!(compact_after(app, 0).await, 0);
    })
    .await;
}

#[tokio::test]
async fn everything_of_the_last_thirty_days_stays() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice().title("en", "Old ice")).await;
        app.clock().advance(Duration::days(10));
        app.seed(ice().title("en", "New ice")).await;
        app.seed(ice().title("en", "Newest ice")).await;

        // The first is 30 days old, and not a moment older.
        assert_eq!(compact_after(app, 20).await, 0);
        app.clock().advance(Duration::seconds(1));
        assert_eq!(compact_after(app, 0).await, 1);
        assert_eq!(compact_after(app, 10).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_saved_reader_misses_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice().title("en", "Old ice")).await;
        let (database, now) = (app.database(), app.clock().now());
        let mut slow = Reader::from_now(database, "slow", now).await.unwrap();
        Reader::from_now(database, "quick", now).await.unwrap();
        for title in ["New ice", "Newer ice", "Newest ice"] {
            app.seed(ice().title("en", title)).await;
        }
        let news = entries(app, slow.position()).await;
        let mut quick = Reader::from_now(database, "quick", now).await.unwrap();
        quick.save(position(app).await, now).await.unwrap();

        // What came before is kept as well: by it a reader knows what changed.
        assert_eq!(compact_after(app, 31).await, 0);
        assert_eq!(slow.next(100).await.unwrap(), news);

        slow.save(position(app).await, now).await.unwrap();
        assert_eq!(compact_after(app, 0).await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_long_log_is_compacted_in_steps() {
    TestApp::on_each_engine(async |app| {
        let all = |title: &str| {
            let articles: Vec<Article> = (0..400)
                .map(|number| {
                    article(&format!("a{number}"))
                        .only_in(["en", "be"])
                        .title("en", title)
                })
                .collect();
            issue(1).with(articles)
        };
        app.seed(all("Old")).await;
        app.seed(all("New")).await;
        app.seed(all("Newest")).await;
        let newest = position(app).await;

        let removed = compact_after(app, 31).await;

        assert_eq!(removed, 800);
        assert_eq!(position(app).await, newest);
    })
    .await;
}

/// An article with words in English and Belarusian.
fn ice() -> Article {
    article("ice").only_in(["en", "be"])
}

/// Compact the log when some days have passed; how many entries went.
async fn compact_after(app: &TestApp, days: i64) -> u64 {
    app.clock().advance(Duration::days(days));
    compact(app.database(), app.clock().now()).await.unwrap()
}
