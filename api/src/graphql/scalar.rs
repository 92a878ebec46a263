//! Scalars for meaning: tags, slugs, dates, times, weeks, counts.

mod local;
mod units;

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc, Weekday};
use icu_locale::Locale as Tag;

use crate::error::shown;

pub use local::LocalDateTime;
pub use units::Units;

/// A language, perhaps with script, region or variant: a BCP 47 tag in its
/// canonical case, such as `en`, `be-tarask` or `sr-Latn`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(pub String);

/// What stands for a thing in addresses, such as `looking-both-ways`: 1 to 200
/// characters. Case matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(pub String);

/// A day without a time or a zone, as `2021-02-08` (RFC 3339, `full-date`), of
/// the years 0001 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date(pub NaiveDate);

/// A moment, as `2021-02-15T09:00:00Z` (RFC 3339, `date-time`), of the years
/// 0001 to 9999. Answers are in UTC; other offsets are understood. Anything
/// finer than a microsecond is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment(pub DateTime<Utc>);

/// A week, Monday to Sunday, as `2021-W06` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Week {
    monday: NaiveDate,
    sunday: NaiveDate,
}

/// Characters of a tag that content may be in, at most.
const MAX_TAG: usize = 50;

impl Locale {
    /// The tag in its canonical case, if it is well-formed.
    #[must_use]
    pub fn parse_tag(tag: &str) -> Option<Self> {
        let parsed = Tag::try_from_str(tag).ok()?;
        (!parsed.id.language.is_unknown()).then(|| Self(parsed.to_string()))
    }

    /// The tag in its canonical case, if content may be in it: well-formed as
    /// BCP 47 has it, with hyphens, and of at most 50 characters.
    #[must_use]
    pub fn of_content(tag: &str) -> Option<Self> {
        let shaped = tag.len() <= MAX_TAG && !tag.contains('_');
        Self::parse_tag(tag).filter(|_| shaped)
    }
}

/// A language, perhaps with script, region or variant: a BCP 47 tag in its
/// canonical case, such as `en`, `be-tarask` or `sr-Latn`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/info/bcp47")]
impl ScalarType for Locale {
    fn parse(value: Value) -> InputValueResult<Self> {
        // A plain name may stand without quotes in a document.
        let tag = match value {
            Value::Enum(name) => name.to_string(),
            value => text(value)?,
        };
        Self::parse_tag(&tag).ok_or_else(|| {
            refuse(format!(
                "\"{}\" is not a BCP 47 language tag, such as en or be-tarask",
                shown(&tag)
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// What stands for a thing in addresses, such as `looking-both-ways`: 1 to 200
/// characters. Case matters.
#[Scalar]
impl ScalarType for Slug {
    fn parse(value: Value) -> InputValueResult<Self> {
        let slug = text(value)?;
        let length = slug.chars().count();
        if slug.contains('\0') {
            return Err(refuse("a slug can't hold a null character"));
        }
        if length == 0 || length > 200 {
            return Err(refuse(format!(
                "a slug has 1 to 200 characters, not {length}"
            )));
        }
        Ok(Self(slug))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A day without a time or a zone, as `2021-02-08` (RFC 3339, `full-date`), of
/// the years 0001 to 9999.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let date = text(value)?;
        // Ten characters: the parser would take fewer digits and signs, too.
        Some(&date)
            .filter(|date| date.len() == 10)
            .and_then(|date| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok())
            .filter(|date| date.year() >= 1)
            .map(Self)
            .ok_or_else(|| {
                refuse(format!(
                    "\"{}\" is not a date of the calendar, such as 2021-02-08",
                    shown(&date)
                ))
            })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// A moment, as `2021-02-15T09:00:00Z` (RFC 3339, `date-time`), of the years
/// 0001 to 9999. Answers are in UTC; other offsets are understood. Anything
/// finer than a microsecond is cut off.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339"
)]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        let moment = text(value)?;
        DateTime::parse_from_rfc3339(&moment)
            .ok()
            .map(|moment| moment.with_timezone(&Utc))
            .filter(|moment| (1..=9999).contains(&moment.year()))
            .and_then(|moment| DateTime::from_timestamp_micros(moment.timestamp_micros()))
            .map(Self)
            .ok_or_else(|| {
                refuse(format!(
                    "\"{}\" is not a date with a time and an offset, such as 2021-02-15T09:00:00Z",
                    shown(&moment)
                ))
            })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Week {
    /// The week that holds `day`.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let week = day.week(Weekday::Mon);
        Self {
            monday: week.checked_first_day().unwrap_or(day),
            sunday: week.checked_last_day().unwrap_or(day),
        }
    }

    /// Its Monday and its Sunday.
    #[must_use]
    pub const fn days(self) -> (NaiveDate, NaiveDate) {
        (self.monday, self.sunday)
    }

    /// The week that `text` says, if it is of the form and of the calendar.
    #[must_use]
    pub fn parse_text(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let digits = |text: &str, count: usize| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(week, 2) {
            return None;
        }
        let year = year.parse().ok().filter(|year| *year >= 1)?;
        NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon).map(Self::of)
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let week = self.monday.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

/// A week, Monday to Sunday, as `2021-W06` (ISO 8601).
#[Scalar]
impl ScalarType for Week {
    fn parse(value: Value) -> InputValueResult<Self> {
        let week = text(value)?;
        Self::parse_text(&week).ok_or_else(|| {
            refuse(format!(
                "\"{}\" is not a week of the calendar, such as 2021-W06; a year has 52 or 53",
                shown(&week)
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

fn text<T: InputType>(value: Value) -> Result<String, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other)),
    }
}

fn refuse<T: InputType>(why: impl Into<String>) -> InputValueError<T> {
    InputValueError::custom(why.into())
}
