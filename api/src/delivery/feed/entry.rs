//! A feed as all kinds write it.

use chrono::{DateTime, Utc};

/// One page of a feed. All texts are fit for XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Feed {
    /// The same for ever, on every page and in every kind.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) subtitle: Option<String>,
    /// What the title is in; `None` before the first content.
    pub(super) locale: Option<String>,
    /// The publication.
    pub(super) author: Person,
    /// The page of the website that shows the same.
    pub(super) home: String,
    pub(super) links: Links,
    /// When the newest change of its entries was; of none, when the publication
    /// last changed.
    pub(super) updated: DateTime<Utc>,
    pub(super) entries: Vec<Entry>,
}

/// Where a feed is, and what is around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// This page.
    pub(super) this: String,
    /// The pages of the feed (RFC 5005, section 3).
    pub(super) first: String,
    pub(super) next: Option<String>,
    pub(super) previous: Option<String>,
    /// Who tells subscribers of changes (WebSub, section 4).
    pub(super) hubs: Vec<String>,
    /// What shows a feed to people.
    pub(super) style: String,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The same for ever, in every kind and in every language.
    pub(super) id: String,
    /// Where the website shows it.
    pub(super) url: String,
    /// What it is served in.
    pub(super) locale: String,
    pub(super) title: String,
    /// Plain words.
    pub(super) summary: String,
    /// The whole text, sanitized, with addresses that lead there from anywhere;
    /// `None` in a feed of summaries.
    pub(super) html: Option<String>,
    pub(super) authors: Vec<Person>,
    pub(super) categories: Vec<Category>,
    pub(super) published: DateTime<Utc>,
    /// When its words or its corrections last changed, and not before it was
    /// published.
    pub(super) updated: DateTime<Utc>,
    /// Files that belong to it. Articles have none yet; all kinds write them.
    pub(super) enclosures: Vec<Enclosure>,
}

/// Someone who wrote an article, or the publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    /// Where the website shows them.
    pub(super) url: String,
}

/// What an article is sorted into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Category {
    /// For programs: a slug, or the value of an enum.
    pub(super) term: String,
    /// What terms it is one of: an address.
    pub(super) scheme: String,
    /// For people.
    pub(super) label: String,
}

/// A file that belongs to an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Enclosure {
    pub(super) url: String,
    pub(super) media_type: String,
    /// In bytes.
    pub(super) length: u64,
}
