//! What readers can see, and what a write made of that.
//!
//! The table `visible_words` has a row for each thing in each locale that
//! readers see it in, with the versions of what they see. [`settle`] compares
//! it with the content as it is now, tells the change log what differs, and
//! makes it true again. So the log is the history of what is published, whoever
//! wrote: nobody writes an entry by hand.

mod store;
mod touched;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::change_log::{self, Change, NewEntry, Position, Thing};
use store::Seen;

pub use touched::Touched;

/// Tell the change log, in `tx`, what readers see differently of what was
/// touched. The answer is the new position; `None`: they see no difference.
///
/// The articles of a touched issue are looked at too: it takes them along when
/// it is published.
///
/// # Errors
/// If the database can't.
pub async fn settle(
    tx: &DatabaseTransaction,
    mut touched: Touched,
    now: DateTime<Utc>,
) -> Result<Option<Position>, DbErr> {
    let issues = touched.of(Thing::Issue);
    for issues in issues.chunks(store::ROWS) {
        let articles = store::articles_of(tx, issues).await?;
        articles
            .into_iter()
            .for_each(|id| touched.add(Thing::Article, id));
    }
    let mut position = None;
    for thing in ORDER {
        let ids = touched.of(thing);
        for ids in ids.chunks(store::ROWS) {
            position = settle_some(tx, thing, ids, now).await?.or(position);
        }
    }
    Ok(position)
}

/// What is told first: what others refer to.
const ORDER: [Thing; 5] = [
    Thing::Publication,
    Thing::Topic,
    Thing::Author,
    Thing::Issue,
    Thing::Article,
];

/// The same for a few things of one kind.
async fn settle_some(
    tx: &DatabaseTransaction,
    thing: Thing,
    ids: &[i64],
    now: DateTime<Utc>,
) -> Result<Option<Position>, DbErr> {
    let before = store::seen_before(tx, thing, ids).await?;
    let present = store::seen_now(tx, thing, ids).await?;
    let entries = differences(before, present);
    if entries.is_empty() {
        return Ok(None);
    }
    let mut changed: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    changed.dedup();
    store::note_seen(tx, thing, &changed).await?;
    change_log::append(tx, entries, now).await.map(Some)
}

/// What differs, in the order of ids and locales.
fn differences(before: Vec<Seen>, present: Vec<Seen>) -> Vec<NewEntry> {
    let mut before: HashMap<(i64, String), Seen> = before
        .into_iter()
        .map(|seen| ((seen.thing_id, seen.locale.clone()), seen))
        .collect();
    let mut entries = Vec::new();
    for present in present {
        let change = match before.remove(&(present.thing_id, present.locale.clone())) {
            None => Change::Published,
            Some(before) if before == present => continue,
            Some(before) if before.corrections < present.corrections => Change::Corrected,
            Some(_) => Change::Updated,
        };
        entries.push(entry(change, present));
    }
    let vanished = before.into_values();
    entries.extend(vanished.map(|seen| entry(Change::Unpublished, seen)));
    entries.sort_unstable_by(|a, b| (a.id, &a.locale).cmp(&(b.id, &b.locale)));
    entries
}

fn entry(change: Change, seen: Seen) -> NewEntry {
    let Seen {
        thing,
        thing_id,
        locale,
        facts_version: _,
        words_version: _,
        public_at: _,
        corrections: _,
        slug,
        key,
        issue_id,
        topic_id,
    } = seen;
    NewEntry {
        thing,
        id: thing_id,
        locale: (thing != Thing::Publication).then_some(locale),
        change,
        slug,
        key,
        issue_id,
        topic_id,
    }
}
