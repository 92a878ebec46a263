//! What search engines read of articles and issues: JSON-LD in the words of
//! schema.org.
//!
//! `node.rs` has the types of schema.org as far as they are told, a file for
//! each kind of thing fills them in, and [`script_text`] writes them.

mod article;
mod issue;
mod node;
mod script;

pub use article::{NEWS_ARTICLE_WEIGHT, news_article};
pub use issue::{PUBLICATION_ISSUE_WEIGHT, publication_issue};
pub use node::{Document, NewsArticle, PublicationIssue};
pub use script::script_text;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::content::publication::Reader;
use node::{Organization, Periodical};

/// The weekly that all is part of.
fn periodical(reader: &Reader) -> Periodical {
    let url = &reader.settings.url;
    Periodical {
        id: format!("{url}/#periodical"),
        name: name(reader),
        url: url.clone(),
    }
}

/// Who publishes it.
fn publisher(reader: &Reader) -> Organization {
    let url = &reader.settings.url;
    Organization {
        id: format!("{url}/#publisher"),
        name: name(reader),
        url: url.clone(),
    }
}

/// The publication's name for the reader; `None`: it has none in their locales.
fn name(reader: &Reader) -> Option<String> {
    let named = reader.settings.name_for(&reader.locales);
    named.map(|(_, name)| name.to_owned())
}

/// A time as ISO 8601 has it, which schema.org goes by.
fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
