//! What became visible, changed or vanished, in order.

mod compaction;
mod follow;
mod order;
mod reader;
pub(crate) mod replica;
mod upgrade;
mod writes;

use std::time::Duration;

use masthead::change_log::{self, Entry, NewEntry, Position};
use masthead::database::{Database, Options};
use sea_orm::ActiveEnum;
use support::TestApp;

pub(crate) use replica::{nothing_is_untold, rebuilds_what_is_published};

/// The entries after a position, all of them.
pub(crate) async fn entries(app: &TestApp, after: Position) -> Vec<Entry> {
    let entries = change_log::read(app.database().reader(), after, u64::MAX >> 1);
    entries.await.unwrap()
}

/// The newest position.
pub(crate) async fn position(app: &TestApp) -> Position {
    let position = change_log::position(app.database().reader());
    position.await.unwrap()
}

/// The entries after a position as short texts, such as
/// `UPDATED ARTICLE ice en`.
pub(crate) async fn told(app: &TestApp, after: Position) -> Vec<String> {
    let entries = entries(app, after).await;
    entries.iter().map(|entry| text_of(&entry.told)).collect()
}

fn text_of(told: &NewEntry) -> String {
    let words = [
        Some(told.change.to_value()),
        Some(told.thing.to_value()),
        told.key.clone(),
        told.locale.clone(),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    words.join(" ")
}

/// The same database as another process has it.
async fn other(app: &TestApp) -> Database {
    let mut options = Options::new(app.url());
    options.readers = 2;
    // Many write at once.
    options.busy_timeout = Duration::from_secs(30);
    Database::connect(&options).await.unwrap()
}
