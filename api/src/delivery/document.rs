//! What is delivered at an address of its own: a feed, a sitemap, an oEmbed
//! answer.

use axum::http::StatusCode;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::error::Code;
use crate::graphql::notes::Noted;

/// An answer that is no answer of GraphQL's, as far as it can be kept for all.
#[derive(Clone, Debug)]
pub struct Document {
    pub status: StatusCode,
    pub media_type: &'static str,
    pub body: Bytes,
    /// Where what was asked for is by now.
    pub location: Option<String>,
    /// What it holds, for caches that are purged by tags.
    pub noted: Noted,
    /// When the newest entry of the change log happened that it was made after;
    /// `None` before the first.
    pub changed_at: Option<DateTime<Utc>>,
    /// Whether it changes with the time alone: no purge tells of that.
    pub is_timely: bool,
}

impl Document {
    /// What was asked for, as it was after `changed_at`.
    #[must_use]
    pub fn found(
        media_type: &'static str,
        body: impl Into<Bytes>,
        noted: Noted,
        changed_at: Option<DateTime<Utc>>,
    ) -> Self {
        Self {
            status: StatusCode::OK,
            media_type,
            body: body.into(),
            location: None,
            noted,
            changed_at,
            is_timely: false,
        }
    }

    /// It is at `location` by now.
    #[must_use]
    pub fn moved(location: String, noted: Noted) -> Self {
        let media_type = "text/plain; charset=utf-8";
        let body = format!("{location}\n");
        Self {
            status: StatusCode::MOVED_PERMANENTLY,
            location: Some(location),
            ..Self::found(media_type, body, noted, None)
        }
    }

    /// There is none, for a reason that the body tells.
    #[must_use]
    pub fn refused(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            ..Self::found(media_type, body, Noted::default(), None)
        }
    }

    /// The same as JSON, with a code: as answers of the API tell their errors.
    #[must_use]
    pub fn refused_with(status: StatusCode, code: Code, message: &str) -> Self {
        let error = json!({ "message": message, "extensions": { "code": code.as_str() } });
        let body = json!({ "errors": [error] }).to_string();
        Self::refused(status, "application/json; charset=utf-8", body)
    }

    /// The same for a browser: most show any XML under the type of all of it, and
    /// by its style sheet, but a feed as bare text.
    #[must_use]
    pub fn for_browsers(self) -> Self {
        let is_xml = self.media_type.contains("+xml");
        Self {
            media_type: if is_xml {
                "application/xml; charset=utf-8"
            } else {
                self.media_type
            },
            ..self
        }
    }

    /// Whether it is what was asked for.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.status == StatusCode::OK
    }
}
