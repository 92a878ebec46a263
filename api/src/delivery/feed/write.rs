//! A feed in the kind that was asked for.

use super::entry::Feed;
use super::kind::Kind;
use super::{atom, json_feed, rss};
use crate::error::Error;

/// `feed` as a document of this kind.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn written(kind: Kind, feed: &Feed) -> Result<Vec<u8>, Error> {
    let internal = |error: anyhow::Error| Error::Internal(error);
    let xml = match kind {
        Kind::JsonFeed => {
            return json_feed::write(feed).map_err(|error| internal(error.into()));
        }
        Kind::Rss => rss::write(feed).map_err(|error| internal(error.into()))?,
        Kind::Atom => atom::write(feed).map_err(|error| internal(error.into()))?,
    };
    let mut document = prolog(&feed.links.style).into_bytes();
    document.extend_from_slice(&xml);
    Ok(document)
}

/// What stands before the root: that it is XML, and what shows it to people.
/// CSS, for browsers no longer transform XML by XSLT.
fn prolog(style: &str) -> String {
    let style = style.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <?xml-stylesheet type=\"text/css\" href=\"{style}\"?>\n"
    )
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::written;
    use crate::delivery::feed::entry::{Category, Enclosure, Entry, Feed, Links, Person};
    use crate::delivery::feed::kind::Kind;

    #[test]
    fn each_kind_has_the_files_of_an_entry_and_the_hubs_of_the_feed() {
        for (kind, parts) in [
            (
                Kind::Rss,
                [
                    r#"<enclosure url="https://example.org/ice.mp3" length="1024" type="audio/mpeg"/>"#,
                    r#"<atom:link href="https://hub.example/" rel="hub"/>"#,
                ],
            ),
            (
                Kind::Atom,
                [
                    r#"<link href="https://example.org/ice.mp3" rel="enclosure" type="audio/mpeg" length="1024"/>"#,
                    r#"<link href="https://hub.example/" rel="hub"/>"#,
                ],
            ),
            (
                Kind::JsonFeed,
                [
                    r#""attachments":[{"url":"https://example.org/ice.mp3","mime_type":"audio/mpeg","size_in_bytes":1024}]"#,
                    r#""hubs":[{"type":"WebSub","url":"https://hub.example/"}]"#,
                ],
            ),
        ] {
            let text = String::from_utf8(written(kind, &feed()).unwrap()).unwrap();

            for part in parts {
                assert!(text.contains(part), "{part} in {text}");
            }
        }
    }

    fn feed() -> Feed {
        let time = DateTime::UNIX_EPOCH;
        Feed {
            id: "urn:uuid:1".to_owned(),
            title: "Week".to_owned(),
            subtitle: None,
            locale: Some("en".to_owned()),
            author: Person::default(),
            home: "https://example.org".to_owned(),
            links: Links {
                hubs: vec!["https://hub.example/".to_owned()],
                ..Links::default()
            },
            updated: time,
            entries: vec![Entry {
                id: "urn:uuid:2".to_owned(),
                url: "https://example.org/ice".to_owned(),
                locale: "en".to_owned(),
                title: "Ice".to_owned(),
                summary: "Ice.".to_owned(),
                html: None,
                authors: Vec::new(),
                categories: vec![Category {
                    term: "water".to_owned(),
                    scheme: "https://example.org/#topics".to_owned(),
                    label: "Water".to_owned(),
                }],
                published: time,
                updated: time,
                enclosures: vec![Enclosure {
                    url: "https://example.org/ice.mp3".to_owned(),
                    media_type: "audio/mpeg".to_owned(),
                    length: 1024,
                }],
            }],
        }
    }
}
