//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use serde::Serialize;

use super::entry::{Entry, Feed, Person};

/// `feed` as JSON.
///
/// # Errors
/// None that is known: texts and numbers are JSON.
pub(super) fn write(feed: &Feed) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: &feed.links.this,
        description: feed.subtitle.as_deref(),
        next_url: feed.links.next.as_deref(),
        authors: vec![author(&feed.author)],
        language: feed.locale.as_deref(),
        hubs: feed
            .links
            .hubs
            .iter()
            .map(|url| Hub {
                kind: "WebSub",
                url,
            })
            .collect(),
        items: feed.entries.iter().map(item).collect(),
    })
}

fn author(person: &Person) -> Author<'_> {
    Author {
        name: &person.name,
        url: &person.url,
    }
}

fn item(entry: &Entry) -> Item<'_> {
    let html = entry.html.as_deref();
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: html,
        // One of both has to be there.
        content_text: html.is_none().then_some(&entry.summary),
        summary: &entry.summary,
        date_published: entry.published.to_rfc3339(),
        date_modified: entry.updated.to_rfc3339(),
        authors: entry.authors.iter().map(author).collect(),
        tags: entry
            .categories
            .iter()
            .map(|category| &*category.label)
            .collect(),
        language: &entry.locale,
        attachments: entry
            .enclosures
            .iter()
            .map(|file| Attachment {
                url: &file.url,
                mime_type: &file.media_type,
                size_in_bytes: file.length,
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    size_in_bytes: u64,
}
