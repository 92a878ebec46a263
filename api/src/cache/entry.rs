//! An answer that is kept, ready to be sent.

use std::sync::OnceLock;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use tokio::time::Instant;
use xxhash_rust::xxh3::xxh3_128;

use crate::change_log::Position;
use crate::compression::{Encoding, LEAST};

/// What an entry is made of.
#[derive(Clone, Debug)]
pub struct Content {
    pub body: Bytes,
    pub media_type: HeaderValue,
    pub cache_control: HeaderValue,
    /// The request headers that it depends on.
    pub vary: HeaderValue,
    /// Headers that are the same in every coding.
    pub others: HeaderMap,
}

/// An answer of status 200 without errors, as it was at one position of the
/// change log.
#[derive(Debug)]
pub struct Entry {
    position: Position,
    made_at: Instant,
    identity: Form,
    /// The others. Made when they are first asked for; `None` where they would
    /// be no shorter.
    coded: [OnceLock<Option<Form>>; 3],
}

/// The bytes of an answer in one coding, and its headers.
#[derive(Debug)]
pub struct Form {
    pub body: Bytes,
    pub headers: HeaderMap,
    /// The headers of a 304.
    pub not_modified: HeaderMap,
}

/// What an entry takes beside its bytes, about: three maps of headers.
const OVERHEAD: usize = 3 * 1024;

impl Entry {
    /// An answer as it was at `position`.
    #[must_use]
    pub fn new(content: Content, position: Position) -> Self {
        let mut headers = content.others;
        headers.insert(CONTENT_TYPE, content.media_type);
        headers.insert(CACHE_CONTROL, content.cache_control);
        headers.insert(VARY, content.vary);
        Self {
            position,
            made_at: Instant::now(),
            identity: Form::new(content.body, headers, Encoding::Identity),
            coded: Default::default(),
        }
    }

    /// Where the change log was.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// When it was made.
    #[must_use]
    pub const fn made_at(&self) -> Instant {
        self.made_at
    }

    /// The answer in this coding, or as it is where that would be no shorter.
    /// The first to ask waits until it is made.
    #[must_use]
    pub fn form(&self, encoding: Encoding) -> &Form {
        let Some(place) = self.place(encoding) else {
            return &self.identity;
        };
        let form = place.get_or_init(|| self.coded_form(encoding));
        form.as_ref().unwrap_or(&self.identity)
    }

    /// Whether the answer is there in this coding, so that [`form`](Self::form)
    /// takes no time.
    #[must_use]
    pub fn has(&self, encoding: Encoding) -> bool {
        self.place(encoding)
            .is_none_or(|place| place.get().is_some())
    }

    /// Make the answer in this coding, so that [`form`](Self::form) takes no
    /// time.
    pub fn code(&self, encoding: Encoding) {
        if let Some(place) = self.place(encoding) {
            place.get_or_init(|| self.coded_form(encoding));
        }
    }

    fn place(&self, encoding: Encoding) -> Option<&OnceLock<Option<Form>>> {
        let [gzip, brotli, zstd] = &self.coded;
        match encoding {
            // Short ones fit one packet as they are.
            _ if self.length() < LEAST => None,
            Encoding::Identity => None,
            Encoding::Gzip => Some(gzip),
            Encoding::Brotli => Some(brotli),
            Encoding::Zstd => Some(zstd),
        }
    }

    fn coded_form(&self, encoding: Encoding) -> Option<Form> {
        let body = &self.identity.body;
        let coded = encoding.encode(body).ok()?;
        let headers = self.identity.headers.clone();
        (coded.len() < body.len()).then(|| Form::new(coded.into(), headers, encoding))
    }

    /// How many bytes it is as it is.
    #[must_use]
    pub fn length(&self) -> usize {
        self.identity.body.len()
    }

    /// About how many bytes it takes, with two codings.
    #[must_use]
    pub fn weight(&self) -> u32 {
        let bytes = self.length();
        // Text of one kind gets to a third or less in each coding, of which two
        // are usual.
        let coded = if bytes < LEAST { 0 } else { 2 * bytes / 3 };
        u32::try_from(bytes + coded + OVERHEAD).unwrap_or(u32::MAX)
    }
}

impl Form {
    fn new(body: Bytes, mut headers: HeaderMap, encoding: Encoding) -> Self {
        headers.insert(ETAG, etag(&body, &headers));
        headers.insert(CONTENT_LENGTH, body.len().into());
        if let Some(name) = encoding.header() {
            headers.insert(CONTENT_ENCODING, name);
        }
        let mut not_modified = headers.clone();
        for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING] {
            not_modified.remove(name);
        }
        Self {
            body,
            headers,
            not_modified,
        }
    }

    /// Its strong validator (RFC 9110, section 8.8.3).
    #[must_use]
    pub fn etag(&self) -> &[u8] {
        self.headers.get(ETAG).map_or(b"", HeaderValue::as_bytes)
    }
}

/// A hash of the bytes and their type: each coding has another, as a strong
/// validator must.
fn etag(body: &Bytes, headers: &HeaderMap) -> HeaderValue {
    let kind = headers
        .get(CONTENT_TYPE)
        .map_or(0, |kind| xxh3_128(kind.as_bytes()));
    let hash = xxh3_128(body) ^ kind;
    HeaderValue::from_str(&format!("\"{hash:032x}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}
