//! A feed in the kind that was asked for.

use super::address::Kind;
use super::entry::Feed;
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
