//! What caches in front are told of an answer: how long they may keep it
//! (RFC 9111, RFC 5861, RFC 9213), and by which tags it is purged.

use std::time::Duration;

use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};

use super::tag::{Tags, joined, told};
use crate::graphql::notes::Noted;

/// How long answers are kept, and by what they are purged.
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
    /// By caches that are told what changed.
    pub cdn_max_age: Duration,
    /// Which caches are told.
    pub told: Told,
    /// Whether answers have tags.
    pub has_tags: bool,
}

/// Which caches in front are told what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Some that read `CDN-Cache-Control` (RFC 9213).
    pub by_standard: bool,
    /// Fastly, which reads `Surrogate-Control` in its place.
    pub fastly: bool,
}

/// For the caches that this publication has, and no other (RFC 9213).
pub const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");

/// The same as Fastly reads it.
pub const SURROGATE_CONTROL: HeaderName = HeaderName::from_static("surrogate-control");

/// Tags with spaces between them, for Fastly and Varnish.
pub const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

/// Tags with commas between them, for Cloudflare.
pub const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");

/// What is for caches that are told what changed, and no one else.
const FOR_CDNS: [HeaderName; 4] = [
    CDN_CACHE_CONTROL,
    SURROGATE_CONTROL,
    SURROGATE_KEY,
    CACHE_TAG,
];

impl Default for Policy {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        Self {
            max_age: Duration::from_secs(MINUTE),
            archived_max_age: Duration::from_secs(HOUR),
            archived_after: Duration::from_secs(30 * DAY),
            stale_while_revalidate: Duration::from_secs(10 * MINUTE),
            stale_if_error: Duration::from_secs(DAY),
            cdn_max_age: Duration::from_secs(DAY),
            told: Told::default(),
            has_tags: true,
        }
    }
}

impl Policy {
    /// `Cache-Control` for an answer of which this was noted.
    ///
    /// One that hangs on what came out long ago alone, and on no list that
    /// grows, is of the archive.
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
        value(format!("public, {}", self.directives(max_age)))
    }

    /// What else an answer has for caches in front: how long those may keep it
    /// that are told what changed, and its tags.
    #[must_use]
    pub fn for_cdns(&self, tags: &Tags) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !self.has_tags {
            // Nothing would purge it.
            return headers;
        }
        let told = joined(&told(tags.iter()), " ");
        // No name holds a space.
        headers.insert(CACHE_TAG, value(told.replace(' ', ",")));
        headers.insert(SURROGATE_KEY, value(told));
        let directives = || value(self.directives(self.cdn_max_age));
        if self.told.by_standard {
            headers.insert(CDN_CACHE_CONTROL, directives());
        }
        if self.told.fastly {
            headers.insert(SURROGATE_CONTROL, directives());
        }
        headers
    }

    fn directives(&self, max_age: Duration) -> String {
        format!(
            "max-age={}, stale-while-revalidate={}, stale-if-error={}",
            max_age.as_secs(),
            self.stale_while_revalidate.as_secs(),
            self.stale_if_error.as_secs()
        )
    }
}

/// Let no cache keep an answer.
pub fn keep_out(headers: &mut HeaderMap, cache_control: &'static str) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
    for name in FOR_CDNS {
        headers.remove(name);
    }
}

fn value(text: String) -> HeaderValue {
    // Names, numbers and separators alone: always a value.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::CACHE_CONTROL;
    use chrono::{DateTime, Days, Utc};

    use super::{Policy, Told, keep_out};
    use crate::cache::tag::{Tag, Tags};
    use crate::graphql::notes::{Noted, Notes};

    #[test]
    fn what_came_out_long_ago_is_kept_for_longer() {
        let article = |days| {
            let notes = Notes::default();
            notes.dated_tag(Tag::Article(5), now().checked_sub_days(Days::new(days)));
            notes
        };

        assert_eq!(max_age(&article(29).sum()), "max-age=60");
        assert_eq!(max_age(&article(31).sum()), "max-age=3600");
        let with_its_issue = article(31);
        with_its_issue.tag(Tag::ArticlesOfIssue(7));
        assert_eq!(max_age(&with_its_issue.sum()), "max-age=3600");
        let with_a_new_one = article(31);
        with_a_new_one.dated_tag(Tag::Article(6), Some(now()));
        assert_eq!(max_age(&with_a_new_one.sum()), "max-age=60");
        let with_what_is_like_it = article(31);
        with_what_is_like_it.tag(Tag::Articles);
        assert_eq!(max_age(&with_what_is_like_it.sum()), "max-age=60");
        assert_eq!(max_age(&Noted::default()), "max-age=60");
    }

    #[test]
    fn caches_that_are_told_what_changed_keep_an_answer_for_a_day() {
        let mut policy = Policy::default();
        let mut tags = Tags::default();
        tags.add(Tag::Topic(7));
        let shown = |policy: &Policy| {
            let headers = policy.for_cdns(&tags);
            let mut lines: Vec<String> = headers
                .iter()
                .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
                .collect();
            lines.sort();
            lines
        };
        let tagged = [
            "cache-tag: publication,topic-7",
            "surrogate-key: publication topic-7",
        ];
        let kept = "max-age=86400, stale-while-revalidate=600, stale-if-error=86400";

        assert_eq!(shown(&policy), tagged);
        policy.told = Told {
            by_standard: true,
            fastly: true,
        };
        let told = [
            tagged[0].to_owned(),
            format!("cdn-cache-control: {kept}"),
            format!("surrogate-control: {kept}"),
            tagged[1].to_owned(),
        ];
        assert_eq!(shown(&policy), told);
        policy.has_tags = false;
        assert!(shown(&policy).is_empty(), "nothing would purge them");
    }

    #[test]
    fn what_is_kept_out_has_nothing_for_caches() {
        let policy = Policy {
            told: Told {
                by_standard: true,
                fastly: true,
            },
            ..Policy::default()
        };
        let mut headers: HeaderMap = policy.for_cdns(&Tags::default());

        keep_out(&mut headers, "no-store");

        assert_eq!(headers.len(), 1);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
    }

    fn max_age(noted: &Noted) -> String {
        let value = Policy::default().cache_control(noted, now());
        let text = value.to_str().unwrap();
        let part = text.split(", ").find(|part| part.starts_with("max-age"));
        part.unwrap().to_owned()
    }

    fn now() -> DateTime<Utc> {
        "2021-03-10T12:00:00Z".parse().unwrap()
    }
}
