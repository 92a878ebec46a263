//! Conditional requests (RFC 9110, section 13): whether a client has an answer
//! already.

use axum::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, FixedOffset};

use crate::cache::Form;

/// Whether the client has this form already: by its validator, or, of a client
/// that sends none, by when it last changed (RFC 9110, section 13.2.2).
pub(super) fn is_known(headers: &HeaderMap, form: &Form) -> bool {
    let mut values = headers.get_all(IF_NONE_MATCH).iter().peekable();
    if values.peek().is_some() {
        return values.any(|value| matches(value, form.etag()));
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(time);
    since.is_some_and(|since| {
        let changed = form.headers.get(LAST_MODIFIED).and_then(time);
        changed.is_some_and(|changed| changed <= since)
    })
}

/// The time that a header tells (RFC 9110, section 5.6.7).
fn time(value: &HeaderValue) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc2822(value.to_str().ok()?).ok()
}

/// Whether `If-None-Match` names this validator, weak or strong (RFC 9110,
/// section 13.1.2).
fn matches(value: &HeaderValue, etag: &[u8]) -> bool {
    let value = value.as_bytes();
    if value == etag || value == b"*" {
        return true;
    }
    value
        .split(|byte| *byte == b',')
        .map(<[u8]>::trim_ascii)
        .any(|one| one.strip_prefix(b"W/").unwrap_or(one) == etag)
}
