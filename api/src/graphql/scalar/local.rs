//! Times on the clocks of the publication's time zone.

use std::fmt;

use async_graphql::{InputValueResult, Scalar, ScalarType, Value};
use chrono::{Datelike as _, NaiveDateTime};

use super::{refuse, text};
use crate::error::shown;

/// A day and a time on the clocks of the publication's time zone, such as
/// `2021-03-28T09:00:00` (RFC 3339, `date-time`, without the offset), of the
/// years 0001 to 9999. The seconds may be left out. `DateTime` is a moment all
/// over the world; this is one only once the zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalDateTime(pub NaiveDateTime);

/// How one is written: digits stand for `0`.
const FORMS: [&str; 2] = ["0000-00-00T00:00:00", "0000-00-00T00:00"];

impl LocalDateTime {
    /// The time that `text` says, if it is of the form.
    #[must_use]
    pub fn parse_text(text: &str) -> Option<Self> {
        let form = FORMS.iter().find(|form| form.len() == text.len())?;
        let fits = |(byte, form): (u8, u8)| match form {
            b'0' => byte.is_ascii_digit(),
            mark => byte == mark,
        };
        if !text.bytes().zip(form.bytes()).all(fits) {
            return None;
        }
        let seconds = if form.len() == FORMS[0].len() {
            ""
        } else {
            ":00"
        };
        let time = NaiveDateTime::parse_from_str(&format!("{text}{seconds}"), WRITTEN).ok()?;
        // A 60th second is one that the calendar may not have.
        (time.year() >= 1 && !text.ends_with(":60")).then_some(Self(time))
    }
}

/// How one is answered and stored.
const WRITTEN: &str = "%Y-%m-%dT%H:%M:%S";

impl fmt::Display for LocalDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format(WRITTEN))
    }
}

/// A day and a time on the clocks of the publication's time zone, such as
/// `2021-03-28T09:00:00` (RFC 3339, `date-time`, without the offset), of the
/// years 0001 to 9999. The seconds may be left out. `DateTime` is a moment all
/// over the world; this is one only once the zone is known.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for LocalDateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let time = text(value)?;
        Self::parse_text(&time).ok_or_else(|| {
            refuse(format!(
                "\"{}\" is not a date with a time and no offset, such as 2021-03-28T09:00:00",
                shown(&time)
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::LocalDateTime;

    #[test]
    fn a_local_time_is_read_in_its_two_forms_and_written_in_the_longer() {
        for (text, read) in [
            ("2021-03-28T09:00:00", Some("2021-03-28T09:00:00")),
            ("2021-03-28T09:30", Some("2021-03-28T09:30:00")),
            ("0001-01-01T00:00", Some("0001-01-01T00:00:00")),
            ("9999-12-31T23:59:59", Some("9999-12-31T23:59:59")),
            ("0000-01-01T00:00", None),
            ("2021-02-29T09:00", None),
            ("2021-03-28T24:00", None),
            ("2021-03-28T09:00:60", None),
            ("2021-03-28T09:60", None),
            ("2021-03-28 09:00", None),
            ("2021-03-28T09:00Z", None),
            ("2021-03-28T09:00:00Z", None),
            ("2021-03-28T09:00:00+03:00", None),
            ("2021-03-28T09:00:00.5", None),
            ("+021-03-28T09:00:00", None),
            ("2021-03-28T 9:00:00", None),
            ("2021-03-28", None),
            ("२021-03-28T09:00", None),
            ("", None),
        ] {
            let time = LocalDateTime::parse_text(text);

            assert_eq!(time.map(|time| time.to_string()).as_deref(), read, "{text}");
        }
    }
}
