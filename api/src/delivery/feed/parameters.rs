//! What the query string of a feed's address asks for.

use std::borrow::Cow;

use url::form_urlencoded;

use super::address::Content;
use crate::error::shown;
use crate::graphql::page::{DEFAULT_PAGE, MAX_PAGE, Page, Way};

/// The parameters of a query string, the first of each name.
pub(super) struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    pub(super) fn read(query: Option<&'a str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| &**value)
    }

    pub(super) fn content(&self) -> Result<Content, String> {
        match self.get("content") {
            None | Some("summary") => Ok(Content::Summary),
            Some("full") => Ok(Content::Full),
            Some(other) => Err(format!(
                "\"content\" is summary or full, not \"{}\"",
                shown(other)
            )),
        }
    }

    pub(super) fn page(&self) -> Result<Page, String> {
        let size = match self.get("limit") {
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
        let (way, cursor) = match (self.get("after"), self.get("before")) {
            (Some(_), Some(_)) => {
                return Err("\"after\" and \"before\" don't go together".to_owned());
            }
            (None, Some(before)) => (Way::Backward, Some(before)),
            (after, None) => (Way::Forward, after),
        };
        let cursor = cursor.map(str::to_owned);
        Ok(Page { way, size, cursor })
    }
}
