//! What is kept in memory of what was read: rows that many answers hold, in
//! [`entities`], and the response cache, of answers ready to be sent. All of it
//! is valid at one position of the change log.
//!
//! When the log moves, all of it is out of date at once, in every process, and
//! nothing has to be tracked. An entry that is out of date stays in its place
//! until it is replaced: it is what is left to give when the database is gone.

pub mod entities;
pub mod entry;
pub mod flight;
pub mod key;
pub mod policy;
pub mod tag;

use std::sync::Arc;

use moka::sync::Cache;

use crate::change_log::Position;
use crate::compression::Encoding;
pub use entry::{Content, Entry, Form};
pub use flight::Flights;
pub use key::{Fingerprint, Key};
pub use policy::{Policy, Told, keep_out};

/// Answers by the questions they are to. Cheap to clone: all clones are one.
#[derive(Clone, Debug)]
pub struct ResponseCache {
    entries: Cache<Key, Arc<Entry>>,
    known: Cache<Fingerprint, Known>,
}

/// What a request of known bytes asks for.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub key: Key,
    pub encoding: Encoding,
    /// Where the change log was when this was found out: what a preference of
    /// languages comes to may change with it.
    pub position: Position,
}

/// How many bytes of answers are kept, unless told.
pub const BYTES: usize = 64 * 1024 * 1024;

/// About how many bytes it takes to remember one request.
const KNOWN_BYTES: u64 = 256;

/// The share of the bytes that is for requests, not for answers.
const KNOWN_SHARE: u64 = 8;

impl Default for ResponseCache {
    fn default() -> Self {
        Self::new(BYTES)
    }
}

impl ResponseCache {
    /// A cache of at most about so many bytes; of 0, none.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        let bytes = bytes as u64;
        let known = bytes / KNOWN_SHARE;
        let weigh = |_: &Key, entry: &Arc<Entry>| entry.weight();
        Self {
            entries: Cache::builder()
                .max_capacity(bytes - known)
                .weigher(weigh)
                .build(),
            known: Cache::builder().max_capacity(known / KNOWN_BYTES).build(),
        }
    }

    /// The answer to a request of known bytes, if it is valid at `position`.
    #[must_use]
    pub fn recall(
        &self,
        fingerprint: Fingerprint,
        position: Position,
    ) -> Option<(Arc<Entry>, Encoding)> {
        let known = self.known.get(&fingerprint)?;
        if known.position != position {
            return None;
        }
        let entry = self.get(known.key, position)?;
        Some((entry, known.encoding))
    }

    /// Remember what a request of known bytes asks for.
    pub fn remember(&self, fingerprint: Fingerprint, known: Known) {
        self.known.insert(fingerprint, known);
    }

    /// The answer to this question, if it is valid at `position`.
    #[must_use]
    pub fn get(&self, key: Key, position: Position) -> Option<Arc<Entry>> {
        self.stale(key).filter(|entry| entry.position() == position)
    }

    /// The last answer to this question, whether or not it is still valid.
    #[must_use]
    pub fn stale(&self, key: Key) -> Option<Arc<Entry>> {
        self.entries.get(&key)
    }

    /// Keep an answer in the place of the one before it.
    pub fn put(&self, key: Key, entry: Arc<Entry>) {
        self.entries.insert(key, entry);
    }
}
