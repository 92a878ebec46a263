//! Types of schema.org (<https://schema.org/docs/full.html>), as far as they are
//! told of what is published. A property that has no value is left out.

use serde::Serialize;

/// A thing of its own, with what its names mean (JSON-LD 1.1, section 3.1).
#[derive(Clone, Debug, Serialize)]
pub struct Document<Node> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    node: Node,
}

impl<Node> Document<Node> {
    /// `node` in the words of schema.org.
    pub const fn new(node: Node) -> Self {
        Self {
            context: "https://schema.org",
            node,
        }
    }
}

/// An article, by schema.org's `NewsArticle` and by what Google reads of one
/// (<https://developers.google.com/search/docs/appearance/structured-data/article>).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct NewsArticle {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) main_entity_of_page: WebPage,
    pub(super) headline: String,
    /// Plain words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) in_language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    pub(super) date_modified: String,
    /// In byline order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_section: Option<String>,
    pub(super) word_count: i32,
    /// A duration of ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time_required: Option<String>,
    pub(super) is_part_of: Whole,
    pub(super) publisher: Organization,
    /// The last first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<CorrectionComment>,
    /// The translations of an original.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) work_translation: Vec<OtherLanguage>,
    /// The original of a translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) translation_of_work: Option<OtherLanguage>,
}

/// An issue (<https://schema.org/PublicationIssue>).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct PublicationIssue {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) issue_number: i32,
    pub(super) name: String,
    pub(super) in_language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    /// An interval of days of ISO 8601, both inclusive.
    pub(super) temporal_coverage: String,
    pub(super) is_part_of: Periodical,
    /// In the order of the issue; of an article's issue they are not told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) has_part: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Organization>,
}

/// What an article is part of: its issue, or the weekly where the reader is not
/// served the issue.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Whole {
    Issue(Box<PublicationIssue>),
    Periodical(Periodical),
}

/// The page that is about a thing.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type")]
pub(super) struct WebPage {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// A publication of many issues (<https://schema.org/Periodical>).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type")]
pub(super) struct Periodical {
    #[serde(rename = "@id")]
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) url: String,
}

/// Who publishes (<https://schema.org/NewsMediaOrganization>).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename = "NewsMediaOrganization")]
pub(super) struct Organization {
    #[serde(rename = "@id")]
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) url: String,
}

/// An author.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type")]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) url: String,
}

/// What an article said wrongly, and what is right
/// (<https://schema.org/CorrectionComment>).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CorrectionComment {
    pub(super) text: String,
    pub(super) date_published: String,
}

/// The same article in another language: where it is, in none of its words.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename = "NewsArticle", rename_all = "camelCase")]
pub(super) struct OtherLanguage {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) in_language: String,
}

/// An article of an issue.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "@type", rename = "NewsArticle", rename_all = "camelCase")]
pub(super) struct Part {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) headline: String,
    pub(super) in_language: String,
}
