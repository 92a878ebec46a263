//! Where feeds are, as clients of the API see it.

use async_graphql::{Context, SimpleObject};

use super::address::{Address, Subject};
use super::kind::Kind;
use super::title;
use crate::content::publication::Reader;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Locale;

/// How many feeds a thing has, for the complexity of a query.
pub const WEIGHT: usize = Kind::ALL.len();

/// A feed: the newest articles of something, for readers of feeds.
#[derive(Clone, Debug, SimpleObject)]
pub struct Feed {
    /// In which format it is written.
    kind: Kind,
    /// Its address on this server: summaries, 20 a page. `content=full` and
    /// `limit` ask for more.
    url: String,
    /// The type that a `<link rel="alternate">` tells.
    media_type: &'static str,
    /// Whose feed it is: the reader's locales, the preferred one first.
    locales: Vec<Locale>,
    /// What it is called.
    title: String,
}

/// The feeds of `subject`, which goes by `name`, in every kind: the edge of this
/// feature that things have. Without a name it is the publication.
#[must_use]
pub fn feeds_of(
    ctx: &Context<'_>,
    reader: &Reader,
    subject: &Subject,
    name: Option<&str>,
) -> Vec<Feed> {
    let locales: Vec<String> = reader.locales.iter().map(str::to_owned).collect();
    let public_url = &ctx.request().app.public_url;
    let feeds = Kind::ALL.into_iter().map(|kind| {
        let address = Address::new(kind, locales.clone(), subject.clone());
        Feed {
            kind,
            url: format!("{public_url}{}", address.path()),
            media_type: kind.bare_media_type(),
            locales: locales.iter().cloned().map(Locale).collect(),
            title: title(name, reader),
        }
    });
    feeds.collect()
}
