//! Feeds: the newest articles of the publication, of a topic, of an author, of
//! an issue or of a search, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.
//!
//! [`Address`] reads an address, [`document`] reads the stores into the one
//! neutral [`Feed`](entry::Feed), and a file for each kind writes it.

mod address;
mod article;
mod atom;
mod entry;
mod hub;
mod identity;
mod json_feed;
mod kind;
mod object;
mod parameters;
mod read;
mod refusal;
mod rss;
mod subject;
mod write;

use crate::content::publication::Reader;

pub use address::{Address, Content, IssueName, Subject};
pub use kind::Kind;
pub use object::{Feed, WEIGHT, feeds_of};
pub use read::document;
pub use subject::title_of;

/// Where the style sheet of feeds is.
pub const STYLE: &str = "/feeds/style.css";

/// What a feed is called: by what it is about and by the publication, or by the
/// publication alone; by its address where that has no name for the reader.
fn title(name: Option<&str>, reader: &Reader) -> String {
    let settings = &reader.settings;
    let publication = settings.name_for(&reader.locales).map(|(_, name)| name);
    let publication = publication.unwrap_or(&settings.url);
    match name {
        Some(name) => format!("{name} – {publication}"),
        None => publication.to_owned(),
    }
}
