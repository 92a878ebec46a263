//! RSS 2.0, with Atom's links, Dublin Core's authors and languages, and
//! `content:encoded`.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Enclosure, Guid, Item};

use super::entry::{Entry, Feed};
use super::kind::Kind;
use crate::delivery::text::as_html;

/// What the library writes before the channel.
const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;

/// `feed` as RSS, without the XML declaration.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn write(feed: &Feed) -> Result<Vec<u8>, rss::Error> {
    let subtitle = feed.subtitle.as_ref();
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.home.clone(),
        description: as_html(subtitle.unwrap_or(&feed.title)),
        language: feed.locale.clone(),
        last_build_date: Some(feed.updated.to_rfc2822()),
        generator: Some(format!("Masthead {}", env!("CARGO_PKG_VERSION"))),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        items: feed.entries.iter().map(item).collect(),
        atom_ext: Some(AtomExtension { links: links(feed) }),
        namespaces: BTreeMap::new(),
        ..Channel::default()
    };
    let written = channel.write_to(Vec::new())?;
    let without = written.strip_prefix(DECLARATION.as_bytes());
    Ok(without.map(<[u8]>::to_vec).unwrap_or(written))
}

fn links(feed: &Feed) -> Vec<Link> {
    let links = &feed.links;
    let ours = |rel: &str, href: &str| Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: Some(Kind::Rss.bare_media_type().to_owned()),
        ..Link::default()
    };
    let mut all = vec![ours("self", &links.this), ours("first", &links.first)];
    all.extend(links.next.as_deref().map(|href| ours("next", href)));
    all.extend(links.previous.as_deref().map(|href| ours("previous", href)));
    all.extend(links.hubs.iter().map(|href| Link {
        mime_type: None,
        ..ours("hub", href)
    }));
    all
}

fn item(entry: &Entry) -> Item {
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        // A description is HTML.
        description: Some(as_html(&entry.summary)),
        content: entry.html.clone(),
        guid: Some(Guid {
            value: entry.id.clone(),
            permalink: false,
        }),
        pub_date: Some(entry.published.to_rfc2822()),
        categories: entry
            .categories
            .iter()
            .map(|category| Category {
                name: category.label.clone(),
                domain: Some(category.scheme.clone()),
            })
            .collect(),
        // RSS knows of one file.
        enclosure: entry.enclosures.first().map(|file| Enclosure {
            url: file.url.clone(),
            length: file.length.to_string(),
            mime_type: file.media_type.clone(),
        }),
        // `author` would be an address of mail.
        dublin_core_ext: Some(DublinCoreExtension {
            creators: entry
                .authors
                .iter()
                .map(|author| author.name.clone())
                .collect(),
            languages: vec![entry.locale.clone()],
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}
