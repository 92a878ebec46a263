//! The arguments of `masthead keys`.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Utc};
use clap::{Args, Subcommand};

use crate::access::{ContractContent, Role};
use crate::administration::api_key::MAX_DAYS;

#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum Keys {
    /// Make a key, and print it: it is shown this once
    Create(NewKey),
    /// Say which keys there are
    List,
    /// Change what a key may be used for, and for how long; its secret stays
    Update(ChangedKey),
    /// Say what keys were used for, day by day
    Usage {
        /// One key's name; without: all that were used
        name: Option<String>,
        /// How many days, today among them: 1 to 400
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_DAYS)))]
        days: u32,
    },
    /// Give a key a new secret, and print it: it is shown this once
    Rotate {
        /// The key's name
        name: String,
        /// How long the former secret lives on, such as 30m, 24h or 7d; 0 ends it now
        #[arg(long, value_name = "TIME", default_value = "24h", value_parser = time)]
        overlap: Duration,
    },
    /// End a key, and with it all of its secrets
    Revoke {
        /// The key's name
        name: String,
    },
}

#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct NewKey {
    /// What it is called in lists and in the audit log; never given twice
    #[arg(long)]
    pub(in crate::cli) name: String,
    /// What it is for: reader, partner, translator, editor, publisher or admin
    #[arg(long, value_parser = role)]
    pub(in crate::cli) role: Role,
    /// The locales that a translator writes in, or a partner may read, such as be,ru
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(in crate::cli) locales: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) contract: Contract,
    /// When it ends: a day (from midnight on, UTC), a moment, or a time from now such as 90d
    #[arg(long, value_name = "WHEN", value_parser = end)]
    pub(in crate::cli) expires: Option<End>,
}

#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ChangedKey {
    /// The key's name
    pub(in crate::cli) name: String,
    /// The locales that a partner may read, such as be,ru; all lifts the bound
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(in crate::cli) locales: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) contract: Contract,
    /// When it ends: as for a new key, or never
    #[arg(long, value_name = "WHEN", value_parser = end_or_never)]
    pub(in crate::cli) expires: Option<Bound<End>>,
}

/// What is agreed with a partner, but for the locales.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Contract {
    /// The slugs of the topics that a partner may read, such as economy,culture; all lifts the bound
    #[arg(long, value_name = "SLUGS", value_delimiter = ',')]
    pub(in crate::cli) topics: Vec<String>,
    /// How much of an article a partner may read: full or summary
    #[arg(long, value_parser = content)]
    pub(in crate::cli) content: Option<ContractContent>,
    /// How many units of cost a partner may ask for in a day (UTC); none lifts the bound
    #[arg(long, value_name = "UNITS", value_parser = quota)]
    pub(in crate::cli) quota: Option<Bound<i64>>,
    /// The origins of pages that may use a partner's key, such as https://example.org; any lifts the bound
    #[arg(long, value_name = "ORIGINS", value_delimiter = ',')]
    pub(in crate::cli) origins: Vec<String>,
}

/// A bound, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Bound<T> {
    Lifted,
    At(T),
}

/// When something ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum End {
    At(DateTime<Utc>),
    After(Duration),
}

fn role(text: &str) -> Result<Role, String> {
    let found = Role::ALL.into_iter().find(|role| role.as_str() == text);
    found.ok_or_else(|| format!("give one of {}", Role::ALL.map(Role::as_str).join(", ")))
}

fn end(text: &str) -> Result<End, String> {
    let day = text.parse::<NaiveDate>().ok();
    let moment = day.map_or_else(
        || {
            DateTime::parse_from_rfc3339(text)
                .ok()
                .map(|moment| moment.to_utc())
        },
        |day| Some(day.and_time(NaiveTime::MIN).and_utc()),
    );
    if let Some(moment) = moment.filter(|moment| moment.year() <= 9999) {
        return Ok(End::At(moment));
    }
    time(text).map(End::After).map_err(|_| {
        "give a day such as 2027-01-01, a moment such as 2027-01-01T09:00:00Z, or a time from now such as 90d".to_owned()
    })
}

fn end_or_never(text: &str) -> Result<Bound<End>, String> {
    match text {
        "never" => Ok(Bound::Lifted),
        text => end(text).map(Bound::At),
    }
}

fn content(text: &str) -> Result<ContractContent, String> {
    match text {
        "full" => Ok(ContractContent::Full),
        "summary" => Ok(ContractContent::Summary),
        _ => Err("give full or summary".to_owned()),
    }
}

fn quota(text: &str) -> Result<Bound<i64>, String> {
    match (text, text.parse()) {
        ("none", _) => Ok(Bound::Lifted),
        (_, Ok(units)) => Ok(Bound::At(units)),
        _ => Err("give a whole number of units, or none".to_owned()),
    }
}

/// A time such as `30m`, `24h` or `7d`, or `0`; of at most a thousand years.
fn time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let minutes = match &text[digits.len()..] {
        "m" => 1,
        "h" => 60,
        "d" => 24 * 60,
        "" if text == "0" => 0,
        _ => return Err("give a time with its unit, such as 30m, 24h or 7d".to_owned()),
    };
    let count: Option<i64> = digits.parse::<u32>().ok().map(i64::from);
    let time = count.map(|count| Duration::minutes(count * minutes));
    time.filter(|time| *time <= Duration::days(366_000))
        .ok_or_else(|| "give a whole number before the unit, such as 24h".to_owned())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::{End, end, time};

    #[test]
    fn a_time_has_a_unit_unless_it_is_none() {
        assert_eq!(time("0"), Ok(Duration::zero()));
        assert_eq!(time("30m"), Ok(Duration::minutes(30)));
        assert_eq!(time("7d"), Ok(Duration::days(7)));
        for wrong in [
            "",
            "24",
            "h",
            "-1h",
            "1.5h",
            "1w",
            "99999999999h",
            "400000d",
        ] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_end_is_a_day_a_moment_or_a_time_from_now() {
        let day = "2027-01-01T00:00:00Z".parse().unwrap();

        assert_eq!(end("2027-01-01"), Ok(End::At(day)));
        assert_eq!(end("2027-01-01T02:00:00+02:00"), Ok(End::At(day)));
        assert_eq!(end("90d"), Ok(End::After(Duration::days(90))));
        for wrong in ["", "soon", "2027-02-30", "2027-01", "+10000-01-01", "90"] {
            assert!(end(wrong).is_err(), "{wrong}");
        }
    }
}
