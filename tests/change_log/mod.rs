//! What became visible, changed or vanished, in order.

mod replica;
mod writes;

use masthead::change_log::{self, Entry, Position};
use support::TestApp;

/// The entries after a position, all of them.
async fn entries(app: &TestApp, after: Position) -> Vec<Entry> {
    let entries = change_log::read(app.database().reader(), after, u64::MAX >> 1);
    entries.await.unwrap()
}

/// The newest position.
async fn position(app: &TestApp) -> Position {
    let position = change_log::position(app.database().reader());
    position.await.unwrap()
}

/// The entries after a position as short texts, such as
/// `UPDATED ARTICLE ice en`.
async fn told(app: &TestApp, after: Position) -> Vec<String> {
    let entries = entries(app, after).await;
    entries.iter().map(text).collect()
}

fn text(entry: &Entry) -> String {
    use sea_orm::ActiveEnum;
    let told = &entry.told;
    let words = [
        Some(told.change.to_value()),
        Some(told.thing.to_value()),
        told.key.clone(),
        told.locale.clone(),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    words.join(" ")
}
