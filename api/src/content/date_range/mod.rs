//! A range of days in words, as a language writes it: "February 8 – 14, 2021",
//! «8–14 лютага 2021 г.».
//!
//! Names of months, their cases, the order of the parts, and digits are those
//! of CLDR. What both ends share is said once, as in CLDR's interval formats
//! (Unicode Technical Standard 35, part 4, section 2.6.3). The calendar is the
//! Gregorian in every language. All spaces are plain ones.

mod fields;
mod merge;

use std::cell::RefCell;
use std::collections::HashMap;

use async_graphql::Enum;
use chrono::{Datelike as _, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::YMD;
use icu_datetime::options::YearStyle;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_locale::Locale;

use fields::{Field, fields};
use merge::{Joining, merge};

/// How a range of days is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum DateRangeStyle {
    /// Months by their names: "February 8 – 14, 2021".
    Long,
    /// Months by their short names, or by numbers where the language has it
    /// so: "Feb 8 – 14, 2021", «8.02.2021 – 14.02.2021».
    Medium,
    /// In numbers: "2/8/2021 – 2/14/2021".
    Short,
}

/// The days from `first` to `last`, inclusive, as a text in `locale`; one day
/// where they are the same.
#[must_use]
pub fn date_range(
    locale: &str,
    style: DateRangeStyle,
    first: NaiveDate,
    last: NaiveDate,
) -> String {
    let Some((first_fields, last_fields)) = written(locale, style, first, last) else {
        return format!("{first} – {last}");
    };
    let range = merge(&first_fields, &last_fields, &Joining::of(locale));
    range.replace(['\u{a0}', '\u{2009}', '\u{202f}'], " ")
}

type Formatter = FixedCalendarDateTimeFormatter<Gregorian, YMD>;

/// Formatters of a thread, at most. They are thrown away when it has more.
const MAX_FORMATTERS: usize = 64;

thread_local! {
    /// The formatters that were asked for, by locale and style. They are of
    /// one thread: ICU shares parts of them without a lock.
    static FORMATTERS: RefCell<HashMap<(String, DateRangeStyle), Formatter>> = RefCell::default();
}

/// Both days, part by part; `None` where the language has no form for them.
fn written(
    locale: &str,
    style: DateRangeStyle,
    first: NaiveDate,
    last: NaiveDate,
) -> Option<(Vec<Field>, Vec<Field>)> {
    FORMATTERS.with_borrow_mut(|formatters| {
        let key = (locale.to_owned(), style);
        if !formatters.contains_key(&key) {
            if formatters.len() >= MAX_FORMATTERS {
                formatters.clear();
            }
            formatters.insert(key.clone(), formatter(locale, style)?);
        }
        let formatter = formatters.get(&key)?;
        Some((fields_of(formatter, first)?, fields_of(formatter, last)?))
    })
}

fn formatter(locale: &str, style: DateRangeStyle) -> Option<Formatter> {
    let preferences = Locale::try_from_str(locale)
        .map(|locale| DateTimeFormatterPreferences::from(&locale))
        .unwrap_or_default();
    let parts = match style {
        DateRangeStyle::Long => YMD::long(),
        DateRangeStyle::Medium => YMD::medium(),
        DateRangeStyle::Short => YMD::short(),
    };
    Formatter::try_new(preferences, parts.with_year_style(YearStyle::Full)).ok()
}

fn fields_of(formatter: &Formatter, day: NaiveDate) -> Option<Vec<Field>> {
    let (month, number) = (u8::try_from(day.month()), u8::try_from(day.day()));
    let date = Date::try_new_gregorian(day.year(), month.ok()?, number.ok()?).ok()?;
    fields(&formatter.format(&date))
}

#[cfg(test)]
mod tests;
