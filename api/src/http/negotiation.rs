//! Which media type to answer with: RFC 9110, section 12.5.1.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderValue};

/// The type of GraphQL answers, whatever their status.
pub(super) const GRAPHQL_RESPONSE: &str = "application/graphql-response+json; charset=utf-8";

/// The type of GraphQL answers for older clients, which take it to mean that
/// the status is 2xx.
pub(super) const JSON: &str = "application/json; charset=utf-8";

/// What a client can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `application/graphql-response+json`
    GraphqlResponse,
    /// `application/json`, for answers with data. Others are of the first
    /// type all the same, so that a client can tell them from a proxy's.
    Json,
}

/// The type that the client likes best of those that we have; none if it
/// takes none of them. Without a wish it is ours.
pub(super) fn format(headers: &HeaderMap) -> Option<Format> {
    let ranges = ranges(headers);
    let graphql_response = quality(&ranges, "application", "graphql-response+json");
    let json = quality(&ranges, "application", "json");
    if graphql_response == 0 && json == 0 {
        None
    } else if json > graphql_response {
        Some(Format::Json)
    } else {
        Some(Format::GraphqlResponse)
    }
}

/// Whether plain JSON would do as well as our type, or better.
pub(super) fn likes_json_no_less(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers);
    let json = quality(&ranges, "application", "json");
    json > 0 && json >= quality(&ranges, "application", "graphql-response+json")
}

/// Whether the client is a browser that opens a page.
pub(super) fn prefers_html(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers);
    let html = quality(&ranges, "text", "html");
    html > quality(&ranges, "application", "graphql-response+json")
        && html > quality(&ranges, "application", "json")
}

/// One element of `Accept`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// In thousandths.
    quality: u16,
}

/// What the client takes. No `Accept` takes all; what can't be read in it
/// counts for nothing.
fn ranges(headers: &HeaderMap) -> Vec<Range<'_>> {
    let lines = headers.get_all(ACCEPT);
    let elements: Vec<_> = lines
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|element| !element.is_empty())
        .collect();
    if elements.is_empty() && lines.iter().all(HeaderValue::is_empty) {
        return vec![Range {
            kind: "*",
            subtype: "*",
            quality: 1000,
        }];
    }
    elements.into_iter().filter_map(range).collect()
}

fn range(element: &str) -> Option<Range<'_>> {
    let mut parts = element.split(';').map(str::trim);
    let (kind, subtype) = parts.next()?.split_once('/')?;
    let mut quality = 1000;
    for part in parts.filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let (name, value) = (name.trim(), value.trim().trim_matches('"'));
        if name.eq_ignore_ascii_case("q") {
            quality = thousandths(value)?;
        } else if name.eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
            return None;
        }
    }
    Some(Range {
        kind,
        subtype,
        quality,
    })
}

/// A weight between 0 and 1 with at most three digits after the point.
fn thousandths(value: &str) -> Option<u16> {
    let weight: f32 = value.parse().ok()?;
    ((0.0..=1.0).contains(&weight)).then_some((weight * 1000.0).round() as u16)
}

/// How much the client likes a type: what the most specific range says.
fn quality(ranges: &[Range<'_>], kind: &str, subtype: &str) -> u16 {
    let said = |range: &&Range<'_>| {
        (range.kind.eq_ignore_ascii_case(kind) || range.kind == "*")
            && (range.subtype.eq_ignore_ascii_case(subtype) || range.subtype == "*")
    };
    let specific = |range: &&Range<'_>| (range.kind != "*", range.subtype != "*", range.quality);
    ranges
        .iter()
        .filter(said)
        .max_by_key(specific)
        .map_or(0, |range| range.quality)
}

#[cfg(test)]
mod tests {
    use super::{Format, format, likes_json_no_less, prefers_html};
    use axum::http::header::ACCEPT;
    use axum::http::{HeaderMap, HeaderValue};

    fn accept(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_best_liked_type_is_chosen() {
        let ours = Some(Format::GraphqlResponse);
        let json = Some(Format::Json);
        for (value, expected) in [
            ("application/graphql-response+json", ours),
            ("application/json", json),
            (
                "application/graphql-response+json, application/json;q=0.9",
                ours,
            ),
            (
                "application/json, application/graphql-response+json;q=0.9",
                json,
            ),
            ("application/graphql-response+json;q=0.1, */*;q=0.5", json),
            ("application/json, application/graphql-response+json", ours),
            ("*/*", ours),
            ("application/*", ours),
            ("APPLICATION/JSON; Charset=\"UTF-8\"", json),
            ("application/json; charset=latin1", None),
            ("application/json;q=0, */*", ours),
            ("application/json;q=0", None),
            ("text/html", None),
            ("text/html, */*;q=0.1", ours),
            ("nonsense", None),
            ("application/json;q=high, application/json;q=0.2", json),
            ("", ours),
        ] {
            assert_eq!(format(&accept(value)), expected, "{value}");
        }
        assert_eq!(format(&HeaderMap::new()), ours);
    }

    #[test]
    fn plain_json_will_do_for_whoever_likes_it_no_less() {
        for (value, expected) in [
            ("*/*", true),
            ("application/json", true),
            ("application/graphql-response+json, application/json", true),
            (
                "application/graphql-response+json, application/json;q=0.9",
                false,
            ),
            ("application/graphql-response+json", false),
            ("text/html", false),
        ] {
            assert_eq!(likes_json_no_less(&accept(value)), expected, "{value}");
        }
        assert!(likes_json_no_less(&HeaderMap::new()));
    }

    #[test]
    fn a_browser_is_known_by_its_wish_for_html() {
        for (value, expected) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                true,
            ),
            ("text/html", true),
            ("*/*", false),
            ("application/json, text/html;q=0.9", false),
        ] {
            assert_eq!(prefers_html(&accept(value)), expected, "{value}");
        }
        assert!(!prefers_html(&HeaderMap::new()));
    }
}
