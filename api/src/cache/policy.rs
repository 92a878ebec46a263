//! How long caches in front may keep an answer: RFC 9111, RFC 5861.

use std::time::Duration;

use axum::http::HeaderValue;
use chrono::{DateTime, Utc};

use crate::graphql::notes::Noted;

/// How long answers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// By browsers, where the next publication may change the answer.
    pub max_age: Duration,
    /// By browsers, of what came out before [`archived_after`](Self::archived_after).
    pub archived_max_age: Duration,
    /// What is older than this is the archive.
    pub archived_after: Duration,
    /// How long a stale answer may be given while it is fetched anew.
    pub stale_while_revalidate: Duration,
    /// How long a stale answer may be given while there is no other.
    pub stale_if_error: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const DAY: u64 = 24 * 60 * MINUTE;
        Self {
            max_age: Duration::from_secs(MINUTE),
            archived_max_age: Duration::from_secs(DAY),
            archived_after: Duration::from_secs(30 * DAY),
            stale_while_revalidate: Duration::from_secs(10 * MINUTE),
            stale_if_error: Duration::from_secs(DAY),
        }
    }
}

impl Policy {
    /// `Cache-Control` for an answer of which this was noted.
    #[must_use]
    pub fn cache_control(&self, noted: &Noted, now: DateTime<Utc>) -> HeaderValue {
        let old = |time: DateTime<Utc>| {
            (now - time)
                .to_std()
                .is_ok_and(|age| age > self.archived_after)
        };
        let archived = !noted.current && noted.newest.is_some_and(old);
        let max_age = if archived {
            self.archived_max_age
        } else {
            self.max_age
        };
        let text = format!(
            "public, max-age={}, stale-while-revalidate={}, stale-if-error={}",
            max_age.as_secs(),
            self.stale_while_revalidate.as_secs(),
            self.stale_if_error.as_secs()
        );
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("no-cache"))
    }
}
