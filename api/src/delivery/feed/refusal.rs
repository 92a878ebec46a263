//! Why there is no feed, in the type that was asked for: a reader of feeds shows
//! it as a feed without entries.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use super::STYLE;
use super::entry::{Feed, Links, Person};
use super::kind::Kind;
use super::write::written;
use crate::delivery::Document;
use crate::delivery::text::legal;
use crate::error::Code;

/// There is no such feed. `None`: nor is it known which kind was asked for.
pub(super) fn not_found(kind: Option<Kind>, message: &str) -> Document {
    refused(kind, StatusCode::NOT_FOUND, Code::NotFound, message)
}

/// There is no feed, for this reason.
pub(super) fn refused(
    kind: Option<Kind>,
    status: StatusCode,
    code: Code,
    message: &str,
) -> Document {
    // Texts can always be written to memory.
    let body = kind.and_then(|kind| Some((kind, written(kind, &feed(code, message)).ok()?)));
    match body {
        Some((kind, body)) => Document::refused(status, kind.media_type(), body),
        None => Document::refused_with(status, code, message),
    }
}

/// Where a feed is that is not there.
const NOWHERE: &str = "about:blank";

fn feed(code: Code, message: &str) -> Feed {
    let code = code.as_str();
    Feed {
        id: format!("{NOWHERE}#{code}"),
        title: legal(message),
        subtitle: Some(code.to_owned()),
        locale: Some("en".to_owned()),
        author: Person {
            name: "Masthead".to_owned(),
            url: NOWHERE.to_owned(),
        },
        home: NOWHERE.to_owned(),
        links: Links {
            this: NOWHERE.to_owned(),
            first: NOWHERE.to_owned(),
            style: STYLE.to_owned(),
            ..Links::default()
        },
        updated: DateTime::<Utc>::UNIX_EPOCH,
        entries: Vec::new(),
    }
}
