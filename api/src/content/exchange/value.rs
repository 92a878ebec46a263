//! The forms of single values. Each check answers with the value in its
//! canonical form, or with what is wrong and what would be right.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use url::Url;

use super::json::Json;
use crate::graphql::scalar::Locale;

/// Characters in a slug and in a key, at most.
pub(super) const MAX_SLUG: usize = 200;
/// Characters in a name and in a title, at most.
pub(super) const MAX_TITLE: usize = 500;
/// Characters in a lead, a description and a bio, at most.
pub(super) const MAX_LEAD: usize = 10_000;
/// Characters in a body, at most.
pub(super) const MAX_BODY: usize = 2_000_000;
/// Characters in a URL and in a path template, at most.
pub(super) const MAX_URL: usize = 2_000;
/// The last year of a date or a time; the first is year 1.
const MAX_YEAR: i32 = 9999;

/// A text without null bytes, of at most `max` characters.
pub(super) fn text(json: Json, max: usize) -> Result<String, String> {
    let Json::Text(text) = json else {
        return Err(format!("must be a text, not {}", json.what()));
    };
    if text.contains('\0') {
        return Err("can't hold a null byte (\\u0000)".to_owned());
    }
    if text.len() > max && text.chars().count() > max {
        let count = text.chars().count();
        return Err(format!("has {count} characters; at most {max} are kept"));
    }
    Ok(text)
}

/// A text with something to read in it.
pub(super) fn words(json: Json, max: usize) -> Result<String, String> {
    let text = text(json, max)?;
    if text.trim().is_empty() {
        return Err("can't be blank".to_owned());
    }
    Ok(text)
}

/// One segment of a path: letters of any script, digits and punctuation.
pub(super) fn slug(json: Json) -> Result<String, String> {
    let slug = text(json, MAX_SLUG)?;
    let unfit = |character: char| {
        character.is_whitespace() || character.is_control() || "/?#".contains(character)
    };
    if let Some(character) = slug.chars().find(|character| unfit(*character)) {
        return Err(format!(
            "{slug:?} can't hold {character:?}: a slug has no white space, control characters, \
             \"/\", \"?\" or \"#\""
        ));
    }
    if slug.is_empty() || slug == "." || slug == ".." {
        return Err(format!("{slug:?} is not a slug, such as \"2021-w06\""));
    }
    Ok(slug)
}

/// A whole number from `min` up.
pub(super) fn number(json: &Json, min: i32) -> Result<i32, String> {
    let wanted = || format!("must be a whole number from {min} to {}", i32::MAX);
    match json {
        Json::Integer(number) => i32::try_from(*number)
            .ok()
            .filter(|number| *number >= min)
            .ok_or_else(|| format!("{}, not {number}", wanted())),
        Json::Number(number) => Err(format!("{}, not {number}", wanted())),
        other => Err(format!("{}, not {}", wanted(), other.what())),
    }
}

/// A local date, `YYYY-MM-DD`.
pub(super) fn date(json: Json) -> Result<NaiveDate, String> {
    let text = text(json, MAX_URL)?;
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .ok()
        .filter(|date| shaped && date.year() >= 1)
        .ok_or_else(|| format!("{text:?} is not a date; write one as 2021-02-14"))
}

/// A moment in RFC 3339, cut to microseconds.
pub(super) fn time(json: Json) -> Result<DateTime<Utc>, String> {
    let text = text(json, MAX_URL)?;
    DateTime::parse_from_rfc3339(&text)
        .ok()
        .and_then(|time| DateTime::from_timestamp_micros(time.timestamp_micros()))
        .filter(|time| (1..=MAX_YEAR).contains(&time.year()))
        .ok_or_else(|| {
            format!("{text:?} is not a time with its zone; write one as 2021-02-15T09:00:00Z")
        })
}

/// A BCP 47 tag, in canonical case.
pub(super) fn tag(text: &str) -> Result<String, String> {
    Locale::of_content(text)
        .map(|Locale(tag)| tag)
        .ok_or_else(|| {
            format!("{text:?} is not a locale tag (BCP 47), such as \"be\" or \"sr-Latn\"")
        })
}

/// A BCP 47 tag in a field.
pub(super) fn locale(json: Json) -> Result<String, String> {
    tag(&text(json, MAX_URL)?)
}

/// That `locale` is none of `locales`.
pub(super) fn no_locale(locale: &str, locales: &[String]) -> String {
    let locales = locales.join(", ");
    format!("{locale:?} is none of the publication's locales, {locales}")
}

/// An IANA time zone.
pub(super) fn time_zone(json: Json) -> Result<String, String> {
    let text = text(json, MAX_URL)?;
    text.parse::<Tz>().map_or_else(
        |_| {
            Err(format!(
                "{text:?} is not an IANA time zone, such as \"Europe/Minsk\""
            ))
        },
        |zone| Ok(zone.name().to_owned()),
    )
}

/// The base of a website, without a trailing slash.
pub(super) fn url(json: Json) -> Result<String, String> {
    let text = text(json, MAX_URL)?;
    let wanted = |why: &str| format!("{text:?} {why}; write the base as \"https://example.org\"");
    let url = Url::parse(&text).map_err(|_| wanted("is not an absolute http or https URL"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wanted("is not an absolute http or https URL"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wanted("can't name a user"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wanted("can't have a query or a fragment"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// A path template with no placeholders but the `known` ones.
pub(super) fn template(json: Json, known: &[&str]) -> Result<String, String> {
    let text = text(json, MAX_URL)?;
    if !text.starts_with('/') {
        return Err(format!("{text:?} must begin with \"/\""));
    }
    if text
        .chars()
        .any(|character| character.is_whitespace() || character.is_control())
    {
        return Err(format!("{text:?} can't hold white space"));
    }
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..]
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'));
        let Some((placeholder, after)) = inner.filter(|(name, _)| !name.contains('{')) else {
            return Err(format!("{text:?} has a brace without its partner"));
        };
        if !known.contains(&placeholder) {
            let known: Vec<_> = known.iter().map(|name| format!("{{{name}}}")).collect();
            return Err(format!(
                "{text:?} has the placeholder \"{{{placeholder}}}\"; known here are {}",
                known.join(" ")
            ));
        }
        rest = after;
    }
    Ok(text)
}

/// The known name nearest to `name`, as the end of a message.
pub(super) fn nearest(name: &str, known: &[&str]) -> String {
    let likeness = |known: &&&str| strsim::jaro_winkler(name, known);
    known
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .filter(|known| likeness(known) > 0.7)
        .map_or_else(
            || format!("; known are {}", known.join(", ")),
            |known| format!("; did you mean {known:?}?"),
        )
}
