//! A database from before the log.

use masthead::change_log::Position;
use masthead_migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::{article, issue};

use super::{entries, told};

#[tokio::test]
async fn what_was_published_before_the_log_is_its_beginning() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna"]).draft("be")).await;
        app.seed(issue(2).unpublished().with(article("wells").in_issue(2)))
            .await;
        let expected = entries(app, Position::START).await;
        for undo in [
            "DROP TABLE change_log",
            "DROP TABLE change_log_head",
            "DROP TABLE change_log_readers",
            "DROP TABLE visible_words",
            "DELETE FROM seaql_migrations WHERE version LIKE '%create_change_log'",
        ] {
            app.database()
                .writer()
                .execute_unprepared(undo)
                .await
                .unwrap();
        }

        Migrator::up(app.database().writer(), None).await.unwrap();

        let entries = entries(app, Position::START).await;
        let expected: Vec<_> = expected.iter().map(|entry| &entry.told).collect();
        let found: Vec<_> = entries.iter().map(|entry| &entry.told).collect();
        assert_eq!(found, expected);
        assert_eq!(entries.len() as i64, super::position(app).await.get());
        // It goes on from there.
        let before = super::position(app).await;
        app.seed(article("ice").by(["anna"])).await;
        assert_eq!(told(app, before).await, ["PUBLISHED ARTICLE ice be"]);
    })
    .await;
}
