//! The change log: everything that became visible to readers, changed or
//! vanished, in one order.
//!
//! Entries are appended in the transaction that makes the change, each append
//! after the one before it in whatever process, so that positions have no hole
//! and become visible in their order. All that reacts to content reads the log
//! from a position of its own: [`Reader`] keeps one, and the [`Head`] of a
//! database wakes those who wait for more.

mod compact;
mod follow;
mod head;
mod reader;
mod store;

use std::fmt;

use chrono::{DateTime, Utc};

pub use compact::{KEPT, compact, keep_compact};
pub use follow::follow;
pub use head::Head;
pub use masthead_entities::change_log_entry::{Change, Thing};
pub use reader::Reader;
pub use store::{
    Left, advance, append, forget, forget_others, last_change, left, place, position, position_at,
    positions, read,
};

/// A place in the log: that of its entry, or just before all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position(i64);

impl Position {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The position that [`get`](Self::get) gave.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The place just before this one; the start has none before it.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(if self.0 > 0 { self.0 - 1 } else { 0 })
    }

    /// As a number, from 0.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What is to be told: a change, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub thing: Thing,
    /// Of the thing.
    pub id: i64,
    /// `None` for the publication alone.
    pub locale: Option<String>,
    pub change: Change,
    /// Its slug in this locale, as it is, or was when it vanished. `None` for
    /// the publication.
    pub slug: Option<String>,
    /// Its natural key: an article's key, an issue's number, the slug of a
    /// topic or an author. `None` for the publication.
    pub key: Option<String>,
    /// The issue of an article.
    pub issue_id: Option<i64>,
    /// The topic of an article.
    pub topic_id: Option<i64>,
}

/// What was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub position: Position,
    /// Never before that of the entry before it.
    pub happened_at: DateTime<Utc>,
    /// The change, and what it is about.
    pub told: NewEntry,
}
