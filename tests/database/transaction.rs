//! Transactions whose owners go away: a client that hangs up ends its request at
//! any moment.

use masthead::database::{Database, Options};
use sea_orm::{ConnectionTrait, Statement};
use support::TestApp;
use support::seed::issue;
use tokio::task::yield_now;

/// How often a transaction is given up.
const TIMES: i32 = 60;

#[tokio::test]
async fn what_is_written_after_a_transaction_was_given_up_as_it_began_is_kept() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let database = app.database();
        let other = Database::connect(&Options::new(app.url())).await.unwrap();

        for time in 0..TIMES {
            let turns = async {
                for _ in 0..time % 6 {
                    yield_now().await;
                }
            };
            tokio::select! {
                biased;
                begun = database.begin() => drop(begun.unwrap()),
                () = turns => {}
            }
            let write = format!("UPDATE publications SET version = {}", 1_000 + time);
            let written = database.writer().execute_unprepared(&write).await;

            assert_eq!(written.unwrap().rows_affected(), 1);
            assert_eq!(version(&other).await, 1_000 + time, "after {time}");
        }
        other.close().await;
    })
    .await;
}

async fn version(database: &Database) -> i32 {
    let backend = database.engine().backend();
    let read = Statement::from_string(backend, "SELECT version FROM publications");
    let row = database.reader().query_one_raw(read).await.unwrap();
    row.unwrap().try_get("", "version").unwrap()
}
