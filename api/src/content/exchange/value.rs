//! The forms of single values. Each check answers with the value in its
//! canonical form, or with what is wrong and what would be right.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::json::Json;
use crate::content::value::{self, Wrong};
use crate::graphql::scalar::Locale;

pub(super) use crate::content::value::{MAX_BODY, MAX_LEAD, MAX_SLUG, MAX_TITLE, MAX_URL};

/// The last year of a date or a time; the first is year 1.
const MAX_YEAR: i32 = 9999;

/// A text without null bytes, of at most `max` characters.
pub(super) fn text(json: Json, max: usize) -> Result<String, String> {
    let Json::Text(text) = json else {
        return Err(format!("must be a text, not {}", json.what()));
    };
    checked(text, |text| value::text(text, max))
}

/// A text with something to read in it.
pub(super) fn words(json: Json, max: usize) -> Result<String, String> {
    checked(text(json, max)?, |text| value::words(text, max))
}

/// One segment of a path: letters of any script, digits and punctuation.
pub(super) fn slug(json: Json) -> Result<String, String> {
    checked(text(json, MAX_SLUG)?, value::slug)
}

fn checked(text: String, check: impl FnOnce(&str) -> Result<(), Wrong>) -> Result<String, String> {
    match check(&text) {
        Ok(()) => Ok(text),
        Err(wrong) => Err(wrong.to_string()),
    }
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
    value::time_zone(&text(json, MAX_URL)?).map_err(|wrong| wrong.to_string())
}

/// The base of a website, without a trailing slash.
pub(super) fn url(json: Json) -> Result<String, String> {
    value::url(&text(json, MAX_URL)?).map_err(|wrong| wrong.to_string())
}

/// A path template with no placeholders but the `known` ones.
pub(super) fn template(json: Json, known: &[&str]) -> Result<String, String> {
    checked(text(json, MAX_URL)?, |text| value::template(text, known))
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
