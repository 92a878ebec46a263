//! Atom: RFC 4287, with the pages of RFC 5005.

use atom_syndication as atom;
use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed as AtomFeed, Generator, Link, Person as AtomPerson,
    Text, TextType, WriteConfig,
};

use super::entry::{Entry, Feed, Person};
use super::kind::Kind;

/// `feed` as Atom, without the XML declaration.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn write(feed: &Feed) -> Result<Vec<u8>, atom::Error> {
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: None,
    };
    let written = AtomFeed {
        lang: feed.locale.clone(),
        id: feed.id.clone(),
        title: text(&feed.title, feed.locale.as_deref()),
        subtitle: feed
            .subtitle
            .as_deref()
            .map(|words| text(words, feed.locale.as_deref())),
        updated: feed.updated.fixed_offset(),
        authors: vec![person(&feed.author)],
        generator: Some(Generator {
            value: "Masthead".to_owned(),
            uri: None,
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        links: links(feed),
        entries: feed.entries.iter().map(entry).collect(),
        ..AtomFeed::default()
    };
    written.write_with_config(Vec::new(), config)
}

fn links(feed: &Feed) -> Vec<Link> {
    let links = &feed.links;
    let ours = |rel: &str, href: &str| link(rel, href, Some(Kind::Atom.bare_media_type()));
    let mut all = vec![
        ours("self", &links.this),
        link("alternate", &feed.home, Some("text/html")),
        ours("first", &links.first),
    ];
    all.extend(links.next.as_deref().map(|href| ours("next", href)));
    all.extend(links.previous.as_deref().map(|href| ours("previous", href)));
    all.extend(links.hubs.iter().map(|href| link("hub", href, None)));
    all
}

fn entry(entry: &Entry) -> AtomEntry {
    let locale = Some(&*entry.locale);
    let mut links = vec![Link {
        hreflang: Some(entry.locale.clone()),
        ..link("alternate", &entry.url, Some("text/html"))
    }];
    links.extend(entry.enclosures.iter().map(|file| Link {
        length: Some(file.length.to_string()),
        ..link("enclosure", &file.url, Some(&file.media_type))
    }));
    AtomEntry {
        id: entry.id.clone(),
        title: text(&entry.title, locale),
        updated: entry.updated.fixed_offset(),
        published: Some(entry.published.fixed_offset()),
        authors: entry.authors.iter().map(person).collect(),
        categories: entry
            .categories
            .iter()
            .map(|category| Category {
                term: category.term.clone(),
                scheme: Some(category.scheme.clone()),
                label: Some(category.label.clone()),
            })
            .collect(),
        links,
        summary: Some(text(&entry.summary, locale)).filter(|text| !text.value.is_empty()),
        content: entry.html.as_ref().map(|html| Content {
            lang: Some(entry.locale.clone()),
            content_type: Some("html".to_owned()),
            value: Some(html.clone()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

fn person(person: &Person) -> AtomPerson {
    AtomPerson {
        name: person.name.clone(),
        uri: Some(person.url.clone()),
        ..AtomPerson::default()
    }
}

fn link(rel: &str, href: &str, media_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: media_type.map(str::to_owned),
        ..Link::default()
    }
}

/// Plain words in their language.
fn text(words: &str, locale: Option<&str>) -> Text {
    Text {
        value: words.to_owned(),
        base: None,
        lang: locale.map(str::to_owned),
        r#type: TextType::Text,
    }
}
