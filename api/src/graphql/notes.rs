//! What an execution tells about its answer: for whom it is, what it holds,
//! and how old that is.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::cache::tag::{Tag, Tags};

/// Notes that resolvers take while they answer one request. Cheap to clone: all
/// clones are one.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<Noted>>);

/// What was noted of an answer.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// It depends on who asked.
    pub of_caller: bool,
    /// It holds what can change without an entry in the change log.
    pub volatile: bool,
    /// It depends on the `Accept-Language` header.
    pub of_language: bool,
    /// What it holds, for caches that are purged by tags.
    pub tags: Tags,
    /// It holds something of the present: a list that grows.
    pub current: bool,
    /// When the newest of the things that it hangs on came out.
    pub newest: Option<DateTime<Utc>>,
}

impl Noted {
    /// Whether every caller gets the same answer until the change log moves.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        !self.of_caller && !self.volatile
    }

    fn add(&mut self, tag: Tag) {
        self.current |= tag.grows();
        self.tags.add(tag);
    }
}

impl Notes {
    /// The answer depends on who asks.
    pub fn of_caller(&self) {
        self.note(|noted| noted.of_caller = true);
    }

    /// The answer holds what can change without an entry in the change log.
    pub fn volatile(&self) {
        self.note(|noted| noted.volatile = true);
    }

    /// The answer depends on the `Accept-Language` header.
    pub fn of_language(&self) {
        self.note(|noted| noted.of_language = true);
    }

    /// The answer differs if this does.
    pub fn tag(&self, tag: Tag) {
        self.note(|noted| noted.add(tag));
    }

    /// The answer differs if any of these does.
    pub fn tags(&self, tags: impl IntoIterator<Item = Tag>) {
        self.note(|noted| tags.into_iter().for_each(|tag| noted.add(tag)));
    }

    /// The answer holds an article or issue that came out at this time.
    pub fn dated_tag(&self, tag: Tag, published_at: Option<DateTime<Utc>>) {
        self.note(|noted| {
            noted.add(tag);
            noted.newest = noted.newest.max(published_at);
        });
    }

    /// All that was noted.
    #[must_use]
    pub fn sum(&self) -> Noted {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn note(&self, change: impl FnOnce(&mut Noted)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
