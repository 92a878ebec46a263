//! What the query string of a feed's address asks for.

use super::address::Content;
use crate::delivery::parameters::Parameters;
use crate::error::shown;
use crate::graphql::page::{DEFAULT_PAGE, MAX_PAGE, Page, Way};

/// How much of an article is asked for.
///
/// # Errors
/// What would be right.
pub(super) fn content(parameters: &Parameters<'_>) -> Result<Content, String> {
    match parameters.get("content") {
        None | Some("summary") => Ok(Content::Summary),
        Some("full") => Ok(Content::Full),
        Some(other) => Err(format!(
            "\"content\" is summary or full, not \"{}\"",
            shown(other)
        )),
    }
}

/// Which page is asked for.
///
/// # Errors
/// What would be right.
pub(super) fn page(parameters: &Parameters<'_>) -> Result<Page, String> {
    let size = match parameters.get("limit") {
        None => DEFAULT_PAGE,
        Some(asked) => asked
            .parse()
            .ok()
            .filter(|size| (1..=MAX_PAGE).contains(size))
            .ok_or_else(|| {
                format!(
                    "\"limit\" is a number from 1 to {MAX_PAGE}, not \"{}\"",
                    shown(asked)
                )
            })?,
    };
    let (way, cursor) = match (parameters.get("after"), parameters.get("before")) {
        (Some(_), Some(_)) => {
            return Err("\"after\" and \"before\" don't go together".to_owned());
        }
        (None, Some(before)) => (Way::Backward, Some(before)),
        (after, None) => (Way::Forward, after),
    };
    let cursor = cursor.map(str::to_owned);
    Ok(Page { way, size, cursor })
}
