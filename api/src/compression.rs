//! Content codings: which one a client takes, and how bytes are put into it.

use std::io::{self, Write as _};

use axum::http::header::ACCEPT_ENCODING;
use axum::http::{HeaderMap, HeaderValue};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A content coding, as `Accept-Encoding` and `Content-Encoding` name it
/// (RFC 9110, section 8.4.1; RFC 7932; RFC 8878).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The bytes as they are; it has no `Content-Encoding`.
    Identity,
    Gzip,
    Brotli,
    Zstd,
}

/// What is offered of bytes that are compressed once and kept, the best liked
/// first.
pub const KEPT: [Encoding; 3] = [Encoding::Brotli, Encoding::Zstd, Encoding::Gzip];

/// What is offered of bytes that are sent once: the cheapest to make first.
pub const SENT_ONCE: [Encoding; 3] = [Encoding::Zstd, Encoding::Brotli, Encoding::Gzip];

/// Below this many bytes an answer is sent as it is: it fits one packet.
pub const LEAST: usize = 1024;

/// The middle of what each offers: beyond, time grows faster than bytes shrink.
const GZIP_LEVEL: u32 = 6;
const BROTLI_QUALITY: u32 = 5;
const ZSTD_LEVEL: i32 = 3;

/// 2 to the power of it are the bytes that brotli looks back on.
const BROTLI_WINDOW: u32 = 20;

impl Encoding {
    /// Its name in headers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The value of `Content-Encoding`; none for bytes as they are.
    #[must_use]
    pub const fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            coded => Some(HeaderValue::from_static(coded.as_str())),
        }
    }

    /// `bytes` in this coding.
    ///
    /// # Errors
    /// If the encoder fails; on memory none does.
    pub fn encode(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Gzip => {
                let room = Vec::with_capacity(bytes.len() / 3);
                let mut encoder = GzEncoder::new(room, Compression::new(GZIP_LEVEL));
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Self::Brotli => {
                let room = Vec::with_capacity(bytes.len() / 3);
                // Its buffer need not be larger than what goes in.
                let buffer = bytes.len().clamp(1, 64 * 1024);
                let mut encoder =
                    brotli::CompressorWriter::new(room, buffer, BROTLI_QUALITY, BROTLI_WINDOW);
                encoder.write_all(bytes)?;
                encoder.flush()?;
                Ok(encoder.into_inner())
            }
            Self::Zstd => zstd::bulk::compress(bytes, ZSTD_LEVEL),
        }
    }

    fn is(self, name: &str) -> bool {
        // The older name is to be taken as the same (section 8.4.1.3).
        name.eq_ignore_ascii_case(self.as_str())
            || (self == Self::Gzip && name.eq_ignore_ascii_case("x-gzip"))
    }
}

/// The coding that the client likes best (RFC 9110, section 12.5.3) of
/// `offered`, which stand in the order of the server's own liking.
///
/// [`Encoding::Identity`] if the client names none of them, or has no wish. It
/// is also the answer to one that refuses that as well: a client that reads it
/// all the same is better off than with an error.
#[must_use]
pub fn negotiate(headers: &HeaderMap, offered: &[Encoding]) -> Encoding {
    let mut best = (Encoding::Identity, 0);
    for coding in offered {
        let quality = quality(headers, *coding).unwrap_or(0);
        if quality > best.1 {
            best = (*coding, quality);
        }
    }
    // As they are, bytes are liked less than coded, unless that is said.
    match named(headers, Encoding::Identity) {
        Some(quality) if quality > best.1 => Encoding::Identity,
        _ => best.0,
    }
}

/// How much the client likes a coding, in thousandths: what it says of it, or
/// of all others (`*`).
fn quality(headers: &HeaderMap, coding: Encoding) -> Option<u16> {
    let any = || elements(headers).find(|(name, _)| *name == "*");
    named(headers, coding).or_else(|| any().map(|(_, quality)| quality))
}

fn named(headers: &HeaderMap, coding: Encoding) -> Option<u16> {
    let mut elements = elements(headers);
    elements
        .find(|(name, _)| coding.is(name))
        .map(|(_, quality)| quality)
}

/// Codings and their weights. One whose weight can't be read is refused.
fn elements(headers: &HeaderMap) -> impl Iterator<Item = (&str, u16)> {
    let lines = headers.get_all(ACCEPT_ENCODING).iter();
    let elements = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    elements.map(|element| {
        let (name, parameters) = element.split_once(';').unwrap_or((element, ""));
        (name.trim(), weight(parameters.trim()).unwrap_or(0))
    })
}

/// `q=0.5`, in thousandths; without one, all of them.
fn weight(parameter: &str) -> Option<u16> {
    if parameter.is_empty() {
        return Some(1000);
    }
    let (name, value) = parameter.split_once('=')?;
    let weight: f32 = value.trim().parse().ok()?;
    let is_weight = name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&weight);
    is_weight.then_some((weight * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::http::header::ACCEPT_ENCODING;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Encoding, KEPT, SENT_ONCE, negotiate};

    fn accepted(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_best_liked_coding_is_chosen() {
        use Encoding::{Brotli, Gzip, Identity, Zstd};
        for (value, kept, sent_once) in [
            ("gzip, deflate, br, zstd", Brotli, Zstd),
            ("gzip, deflate, br", Brotli, Brotli),
            ("gzip", Gzip, Gzip),
            ("GZip", Gzip, Gzip),
            ("x-gzip", Gzip, Gzip),
            ("gzip;q=0.9, br;q=0.8", Gzip, Gzip),
            ("gzip ; q=0.001", Gzip, Gzip),
            ("br;q=0, gzip;q=0.0, zstd;q=0.000", Identity, Identity),
            ("*", Brotli, Zstd),
            ("*;q=0.1, br;q=0", Zstd, Zstd),
            ("gzip, *;q=0", Gzip, Gzip),
            ("*;q=0", Identity, Identity),
            ("identity", Identity, Identity),
            ("identity, gzip;q=0.5", Identity, Identity),
            ("identity;q=0.5, gzip;q=0.5", Gzip, Gzip),
            ("identity;q=0, gzip", Gzip, Gzip),
            ("identity;q=0", Identity, Identity),
            ("deflate", Identity, Identity),
            ("br;q=high", Identity, Identity),
            ("br;q=2", Identity, Identity),
            ("br;level=3", Identity, Identity),
            ("", Identity, Identity),
            (",,;,", Identity, Identity),
        ] {
            assert_eq!(negotiate(&accepted(value), &KEPT), kept, "{value}");
            assert_eq!(
                negotiate(&accepted(value), &SENT_ONCE),
                sent_once,
                "{value}"
            );
        }
        assert_eq!(negotiate(&HeaderMap::new(), &KEPT), Identity);
        assert_eq!(negotiate(&accepted("br, gzip"), &[Gzip]), Gzip);
    }

    #[test]
    fn several_lines_are_one_list() {
        let mut headers = accepted("deflate");
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));

        assert_eq!(negotiate(&headers, &KEPT), Encoding::Gzip);
    }

    #[test]
    fn what_is_coded_comes_back() {
        let long = "Паводка ўжо тут, толькі яна яшчэ снег. ".repeat(500);
        for text in ["", "a", &long] {
            for encoding in KEPT {
                let coded = encoding.encode(text.as_bytes()).unwrap();

                let mut decoded = Vec::new();
                match encoding {
                    Encoding::Gzip => {
                        flate2::read::GzDecoder::new(&*coded).read_to_end(&mut decoded)
                    }
                    Encoding::Brotli => {
                        brotli::Decompressor::new(&*coded, 4096).read_to_end(&mut decoded)
                    }
                    _ => zstd::Decoder::new(&*coded)
                        .unwrap()
                        .read_to_end(&mut decoded),
                }
                .unwrap();
                assert_eq!(decoded, text.as_bytes(), "{encoding:?}");
                assert!(coded.len() < text.len() / 2 + 40, "{encoding:?}");
            }
        }
    }
}
