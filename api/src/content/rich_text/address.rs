//! Where links and images may lead.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};
use url::{ParseError, Url};

/// How a link to an article begins, in a source and where it is stored.
pub const ARTICLE: &str = "article:";

/// Schemes that a link may have.
pub const LINK_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

const IMAGE_SCHEMES: [&str; 2] = ["http", "https"];

/// What can't stand in a URL by itself (WHATWG URL, section 1.3). A `%` may be
/// the start of an encoded byte, and stays.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All but what RFC 3986, section 2.3, says is never encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an address, encoded.
    Address(String),
    /// To an article, or to a place in it.
    Article(Reference),
}

/// An article that a text refers to by its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub key: String,
    /// The place in it; `None`: its beginning.
    pub anchor: Option<String>,
}

impl Reference {
    /// The reference that `url` is, as a source has it: `article:KEY`, with an
    /// anchor after `#`, both percent-encoded as far as needed. `None` where
    /// it is none, or has no key.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_at_checked(ARTICLE.len())?;
        if !scheme.eq_ignore_ascii_case(ARTICLE) {
            return None;
        }
        let (key, anchor) = rest.split_once('#').unwrap_or((rest, ""));
        let key = decode(key);
        // No key holds a null character: no database takes one.
        if key.is_empty() || key.contains('\0') {
            return None;
        }
        Some(Self {
            key,
            anchor: (!anchor.is_empty()).then(|| decode(anchor)),
        })
    }

    /// The reference as it is stored: the one way to write it.
    #[must_use]
    pub fn href(&self) -> String {
        let key = utf8_percent_encode(&self.key, RESERVED);
        format!("{ARTICLE}{key}{}", self.fragment())
    }

    /// The anchor as the end of an address; empty where there is none.
    #[must_use]
    pub fn fragment(&self) -> String {
        self.anchor.as_deref().map_or_else(String::new, |anchor| {
            format!("#{}", utf8_percent_encode(anchor, RESERVED))
        })
    }
}

/// Where the link `url` leads; `None` where it leads nowhere, or to a scheme
/// that no link may have.
#[must_use]
pub fn link(url: &str) -> Option<Target> {
    if let Some(reference) = Reference::parse(url) {
        return Some(Target::Article(reference));
    }
    address(url, &LINK_SCHEMES).map(Target::Address)
}

/// The address of an image; `None` where none may be shown from there.
#[must_use]
pub fn image(url: &str) -> Option<String> {
    address(url, &IMAGE_SCHEMES)
}

/// Whether an image may be shown from `url`.
#[must_use]
pub fn is_image(url: &str) -> bool {
    is_allowed(url, &IMAGE_SCHEMES)
}

/// Whether `url` leaves the site that shows it.
#[must_use]
pub fn is_external(url: &str) -> bool {
    match Url::parse(url) {
        Ok(url) => matches!(url.scheme(), "http" | "https"),
        Err(_) => url.starts_with("//"),
    }
}

/// `url` with what can't stand in one percent-encoded, if its scheme is one of
/// these or it has none. Both as it was and as it becomes: encoding must not
/// turn one into the other.
fn address(url: &str, schemes: &[&str]) -> Option<String> {
    let encoded = utf8_percent_encode(url, UNSAFE).to_string();
    (is_allowed(url, schemes) && is_allowed(&encoded, schemes)).then_some(encoded)
}

/// Read as a browser reads it, which passes over spaces and controls at the
/// start, and over tabs and line ends anywhere: no scheme hides behind them.
fn is_allowed(url: &str, schemes: &[&str]) -> bool {
    match Url::parse(url) {
        Ok(url) => schemes.contains(&url.scheme()),
        Err(ParseError::RelativeUrlWithoutBase) => !url.trim().is_empty(),
        Err(_) => false,
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
