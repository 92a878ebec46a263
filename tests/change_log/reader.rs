//! Readers that are known by name.

use masthead::change_log::{Entry, Position, Reader};
use support::TestApp;
use support::seed::topic;

use super::{entries, position};

#[tokio::test]
async fn what_was_not_saved_is_read_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let all = entries(app, Position::START).await;
        let mut reader = from_start(app).await;
        let first = reader.next(2).await.unwrap();
        reader
            .save(first[1].position, app.clock().now())
            .await
            .unwrap();
        let lost = reader.next(2).await.unwrap();

        // It ends here, and begins again.
        drop(reader);
        let mut reader = from_start(app).await;

        assert_eq!(lost, all[2..4]);
        assert_eq!(reader.next(2).await.unwrap(), lost);
        assert_eq!(read_to_the_end(app, &mut reader).await, all[2..]);
    })
    .await;
}

#[tokio::test]
async fn a_new_reader_begins_with_everything_or_with_what_follows() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let (database, now) = (app.database(), app.clock().now());
        let before = position(app).await;

        let everything = from_start(app).await;
        let news = Reader::from_now(database, "news", now).await.unwrap();

        assert_eq!(
            everything.next(100).await.unwrap(),
            entries(app, Position::START).await
        );
        assert_eq!(news.next(100).await.unwrap(), []);
        app.seed(topic("roads")).await;
        assert_eq!(news.wait(100).await.unwrap(), entries(app, before).await);
        // One that is known goes on where it was, however it is asked for.
        let again = Reader::from_start(database, "news", now).await.unwrap();
        assert_eq!(again.position(), before);
    })
    .await;
}

#[tokio::test]
async fn a_saved_position_never_goes_back() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let now = app.clock().now();
        let mut first = from_start(app).await;
        let mut second = from_start(app).await;

        first.save(Position::new(3), now).await.unwrap();
        second.save(Position::new(2), now).await.unwrap();

        assert_eq!(from_start(app).await.position(), Position::new(3));
    })
    .await;
}

#[tokio::test]
async fn a_reader_that_is_forgotten_begins_anew() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let mut reader = from_start(app).await;
        reader
            .save(Position::new(3), app.clock().now())
            .await
            .unwrap();

        reader.forget().await.unwrap();

        assert_eq!(from_start(app).await.position(), Position::START);
    })
    .await;
}

async fn from_start(app: &TestApp) -> Reader {
    let reader = Reader::from_start(app.database(), "test", app.clock().now());
    reader.await.unwrap()
}

async fn read_to_the_end(app: &TestApp, reader: &mut Reader) -> Vec<Entry> {
    let mut read = Vec::new();
    loop {
        let batch = reader.next(2).await.unwrap();
        let Some(last) = batch.last() else {
            return read;
        };
        reader.save(last.position, app.clock().now()).await.unwrap();
        read.extend(batch);
    }
}
