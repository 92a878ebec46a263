//! Two dates of one form as a range, with what they share said once.

use icu_locale::Locale;

use super::fields::{Field, Kind};

/// How a language joins the ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joining {
    /// Between two days of one month.
    days: &'static str,
    /// Between longer ends.
    ends: &'static str,
    /// Whether what is tied to a day (as in "8.") is said at both.
    repeats: bool,
}

impl Joining {
    /// What CLDR's interval formats have in most languages, and where some
    /// differ.
    pub(super) fn of(locale: &str) -> Self {
        const USUAL: Joining = Joining {
            days: "–",
            ends: " – ",
            repeats: true,
        };
        let locale = Locale::try_from_str(locale).ok();
        let language = locale.as_ref().map(|locale| locale.id.language.as_str());
        match language {
            Some("az" | "bg" | "en" | "ga" | "hr" | "my" | "pt" | "uz" | "vi") => Self {
                days: " – ",
                ..USUAL
            },
            Some("bs" | "ckb" | "eu" | "hu" | "sr") => Self {
                repeats: false,
                ..USUAL
            },
            Some("fa") => Self {
                days: " تا ",
                ends: " تا ",
                ..USUAL
            },
            Some("ja") => Self {
                days: "～",
                ends: "～",
                ..USUAL
            },
            Some("ko") => Self {
                days: " ~ ",
                ends: " ~ ",
                ..USUAL
            },
            Some("uk") => Self {
                ends: " — ",
                ..USUAL
            },
            Some("yue" | "zh") => Self {
                days: "至",
                ends: "至",
                ..USUAL
            },
            _ => USUAL,
        }
    }
}

/// The days from `first` to `last` as one text.
pub(super) fn merge(first: &[Field], last: &[Field], joining: &Joining) -> String {
    let differs = |kind| text(first, kind) != text(last, kind);
    if first == last {
        return all(first);
    }
    let day = place(first, Kind::Day);
    let month = place(first, Kind::Month);
    let (Some(day), Some(month)) = (day, month) else {
        return format!("{}{}{}", all(first), joining.ends, all(last));
    };
    if differs(Kind::Year) || is_in_numbers(first) {
        return format!("{}{}{}", all(first), joining.ends, all(last));
    }
    if differs(Kind::Month) {
        let (from, to) = (day.min(month), day.max(month));
        let tied = match &first[to + 1..] {
            [end] => end.text.as_str(),
            rest => tied(rest),
        };
        let (start, end) = (all(&first[..=to]), all(&last[from..]));
        return format!("{start}{tied}{}{end}", joining.ends);
    }
    let tied = if joining.repeats {
        tied(&first[day + 1..])
    } else {
        ""
    };
    let (start, end) = (all(&first[..=day]), all(&last[day..]));
    format!("{start}{tied}{}{end}", joining.days)
}

fn all(fields: &[Field]) -> String {
    fields.iter().map(|field| field.text.as_str()).collect()
}

fn text(fields: &[Field], kind: Kind) -> Option<&str> {
    place(fields, kind).map(|place| fields[place].text.as_str())
}

fn place(fields: &[Field], kind: Kind) -> Option<usize> {
    fields.iter().position(|field| field.kind == kind)
}

/// Whether there is no word in a date: each end of a range is whole then.
fn is_in_numbers(fields: &[Field]) -> bool {
    let mut characters = fields.iter().flat_map(|field| field.text.chars());
    !characters.any(char::is_alphabetic)
}

/// What is tied to the field before `rest`, as the full stop of "8.": up to
/// the first space, and no comma.
fn tied(rest: &[Field]) -> &str {
    let Some(next) = rest.first().filter(|next| next.kind == Kind::Between) else {
        return "";
    };
    let end = next
        .text
        .find(|character: char| character.is_whitespace() || matches!(character, ',' | '،' | '、'));
    &next.text[..end.unwrap_or(next.text.len())]
}
