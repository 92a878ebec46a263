//! Sitemaps as XML.

use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An address in a sitemap.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) url: String,
    pub(super) updated_at: DateTime<Utc>,
    /// The same in each language, and for all others: `hreflang` and address.
    pub(super) alternates: Vec<(String, String)>,
    /// What news say of it.
    pub(super) news: Option<News>,
}

/// What the sitemap of news says of an article.
#[derive(Clone, Debug)]
pub(super) struct News {
    pub(super) publication: String,
    pub(super) locale: String,
    pub(super) published_at: DateTime<Utc>,
    pub(super) title: String,
}

impl Place {
    /// An address, and when what is there last changed.
    pub(super) const fn new(url: String, updated_at: DateTime<Utc>) -> Self {
        Self {
            url,
            updated_at,
            alternates: Vec::new(),
            news: None,
        }
    }
}

type Xml = Writer<Vec<u8>>;

/// A sitemap of sitemaps.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn index(places: &[Place]) -> io::Result<Vec<u8>> {
    let mut xml = begun()?;
    xml.create_element("sitemapindex")
        .with_attribute(("xmlns", NAMESPACE))
        .write_inner_content(|xml| {
            places.iter().try_for_each(|place| {
                xml.create_element("sitemap")
                    .write_inner_content(|xml| {
                        text(xml, "loc", &place.url)?;
                        text(xml, "lastmod", &time(place.updated_at))
                    })
                    .map(drop)
            })
        })?;
    Ok(xml.into_inner())
}

/// A sitemap of addresses.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn urls(places: &[Place]) -> io::Result<Vec<u8>> {
    let mut xml = begun()?;
    xml.create_element("urlset")
        .with_attributes([
            ("xmlns", NAMESPACE),
            ("xmlns:news", NEWS),
            ("xmlns:xhtml", XHTML),
        ])
        .write_inner_content(|xml| places.iter().try_for_each(|place| url(xml, place)))?;
    Ok(xml.into_inner())
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn begun() -> io::Result<Xml> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

fn url(xml: &mut Xml, place: &Place) -> io::Result<()> {
    xml.create_element("url")
        .write_inner_content(|xml| {
            text(xml, "loc", &place.url)?;
            text(xml, "lastmod", &time(place.updated_at))?;
            for (language, address) in &place.alternates {
                xml.create_element("xhtml:link")
                    .with_attributes([
                        ("rel", "alternate"),
                        ("hreflang", language),
                        ("href", address),
                    ])
                    .write_empty()?;
            }
            place.news.as_ref().map_or(Ok(()), |told| news(xml, told))
        })
        .map(drop)
}

fn news(xml: &mut Xml, news: &News) -> io::Result<()> {
    xml.create_element("news:news")
        .write_inner_content(|xml| {
            xml.create_element("news:publication")
                .write_inner_content(|xml| {
                    text(xml, "news:name", &news.publication)?;
                    text(xml, "news:language", &news.locale)
                })?;
            text(xml, "news:publication_date", &time(news.published_at))?;
            text(xml, "news:title", &news.title)
        })
        .map(drop)
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(name);
    element.write_text_content(BytesText::new(text)).map(drop)
}

/// As the W3C's profile of ISO 8601 has it.
fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
