//! A database that can't take an import.

use std::io::Cursor;
use std::time::Duration;

use insta::assert_snapshot;
use masthead::content::exchange::{self, ImportOptions};
use masthead::database::{Database, Engine, Options};
use sea_orm::{ConnectionTrait, TransactionTrait};
use support::TestApp;

use super::{SAMPLE, article, export, import, with_articles};

#[tokio::test]
async fn one_that_another_process_writes_to_is_busy() {
    let app = TestApp::on(Engine::Sqlite).await;
    let mut options = Options::new(app.url());
    options.busy_timeout = Duration::from_millis(20);
    let other = Database::connect(&options).await.unwrap();
    let held = app.database().writer().begin().await.unwrap();
    held.execute_unprepared("DELETE FROM topics").await.unwrap();

    let input = Cursor::new(SAMPLE);
    let result = exchange::import(&other, app.clock(), input, ImportOptions::default()).await;

    assert_snapshot!(result.unwrap_err(), @"the database is busy with another writer; nothing was applied");
    held.rollback().await.unwrap();
    let input = Cursor::new(SAMPLE);
    let again = exchange::import(&other, app.clock(), input, ImportOptions::default()).await;
    assert_eq!(again.unwrap().articles.created, 32);
    other.close().await;
    app.end().await;
}

#[tokio::test]
async fn one_whose_disk_is_full_stays_as_it_was() {
    let app = TestApp::on(Engine::Sqlite).await;
    import(&app, &with_articles(&[article("ice", 1, 1)]))
        .await
        .unwrap();
    let before = export(&app).await;
    let writer = app.database().writer();
    writer
        .execute_unprepared("PRAGMA max_page_count = 1")
        .await
        .unwrap();

    let error = app.import(SAMPLE).await.unwrap_err();

    assert_snapshot!(error, @"the database's disk is full; nothing was applied");
    assert_eq!(export(&app).await, before);
    app.end().await;
}

#[tokio::test]
async fn one_that_is_gone_does_not_answer() {
    TestApp::on_each_engine(async |app| {
        let gone = Database::connect(&Options::new(app.url())).await.unwrap();
        gone.clone().close().await;

        let input = Cursor::new(SAMPLE);
        let result = exchange::import(&gone, app.clock(), input, ImportOptions::default()).await;

        assert_snapshot!(result.unwrap_err(), @"the database does not answer; nothing was applied");
    })
    .await;
}

#[tokio::test]
async fn one_without_tables_is_to_be_migrated() {
    TestApp::on_each_engine(async |app| {
        let drop = "DROP TABLE former_slugs";
        app.database().writer().execute_unprepared(drop).await.unwrap();

        let error = app.import(SAMPLE).await.unwrap_err();

        assert_snapshot!(error, @"the database's schema is not up to date; run `masthead migrate`; nothing was applied");
    })
    .await;
}
