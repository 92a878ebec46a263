//! Values of settings as people write them.

use std::str::FromStr;
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

/// A number of at least `least`.
pub(super) fn number<T>(text: &str, least: T) -> Result<T, String>
where
    T: Copy + FromStr + PartialOrd + std::fmt::Display,
{
    text.parse()
        .ok()
        .filter(|number| *number >= least)
        .ok_or_else(|| format!("give a whole number of {least} or more"))
}

/// The beginning of addresses: a URL of http or https that paths can follow.
pub(super) fn base(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .filter(|url| url.query().is_none() && url.fragment().is_none())
        .ok_or_else(|| {
            "give a URL with http or https, without a user, a query or a fragment, such as https://api.example.org"
                .to_owned()
        })
}

/// A time such as `500ms`, `10s` or `2m`; never none at all.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: fn(u64) -> Duration = match &text[digits.len()..] {
        "ms" => Duration::from_millis,
        "s" => Duration::from_secs,
        "m" => |minutes| Duration::from_secs(minutes.saturating_mul(60)),
        _ => |_| Duration::ZERO,
    };
    digits
        .parse()
        .ok()
        .map(unit)
        .filter(|time| !time.is_zero())
        .ok_or_else(|| "give a time with its unit, such as 500ms, 10s or 2m".to_owned())
}

/// How long something is kept: a time such as `0s`, `10s`, `2m`, `1h` or `30d`.
pub(super) fn age(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(60 * 60),
        "d" => Some(24 * 60 * 60),
        _ => None,
    };
    let seconds = digits.parse::<u32>().ok().zip(unit);
    seconds
        .map(|(count, unit)| Duration::from_secs(u64::from(count) * unit))
        .ok_or_else(|| "give a time with its unit, such as 0s, 10s, 2m, 1h or 30d".to_owned())
}

/// `time` as [`duration`] reads it.
pub(super) fn show_duration(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{}s", time.as_secs())
    } else {
        format!("{}ms", time.as_millis())
    }
}

/// A size such as `65536`, `256KiB` or `1MiB`; never none at all.
pub(super) fn bytes(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "B" => 1,
        "KiB" => 1024,
        "MiB" => 1024 * 1024,
        _ => 0,
    };
    digits
        .parse::<usize>()
        .ok()
        .and_then(|count| count.checked_mul(unit))
        .filter(|size| *size > 0)
        .ok_or_else(|| "give a size in bytes, or such as 256KiB or 1MiB".to_owned())
}

/// The same, or `0` for nothing at all.
pub(super) fn bytes_or_none(text: &str) -> Result<usize, String> {
    if text == "0" { Ok(0) } else { bytes(text) }
}

/// `on` or `off`.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err("give on or off".to_owned()),
    }
}

/// A switch as [`switch`] reads it.
pub(super) fn show_switch(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

/// Values with commas between them; none at all if there is nothing. `wanted`
/// says what would be right.
pub(super) fn list<T: FromStr>(text: &str, wanted: &str) -> Result<Vec<T>, String> {
    let items = text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty());
    items
        .map(|item| item.parse().map_err(|_| wanted.to_owned()))
        .collect()
}

/// A list as [`list`] reads it.
pub(super) fn show_list<T: std::fmt::Display>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(",")
}

/// A filter of the log. A bare word is a level: as a module's name it would be
/// a misspelt level, and silence the log.
pub(super) fn log_filter(text: &str) -> Result<String, String> {
    let levels = text.split(',').filter(|part| !part.contains('='));
    let known = levels
        .map(str::trim)
        .all(|level| !level.is_empty() && level.parse::<LevelFilter>().is_ok());
    if known && EnvFilter::try_new(text).is_ok() {
        Ok(text.to_owned())
    } else {
        Err(
            "give error, warn, info, debug or trace, or a filter such as warn,masthead=debug"
                .into(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{age, base, bytes, bytes_or_none, duration, log_filter, show_duration, switch};
    use std::time::Duration;

    #[test]
    fn a_time_has_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        for wrong in ["", "10", "s", "10h", "-1s", "0s", "1.5s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_age_may_be_none_or_days() {
        assert_eq!(age("0s"), Ok(Duration::ZERO));
        assert_eq!(age("30d"), Ok(Duration::from_secs(2_592_000)));
        for wrong in ["", "10", "d", "1w", "-1s", "9999999999d"] {
            assert!(age(wrong).is_err(), "{wrong}");
        }
        assert_eq!(bytes_or_none("0"), Ok(0));
        assert_eq!(bytes_or_none("1KiB"), Ok(1024));
        assert_eq!(switch("off"), Ok(false));
        assert!(switch("perhaps").is_err());
    }

    #[test]
    fn a_base_is_what_paths_can_follow() {
        assert!(base("https://example.org/api/").is_ok());
        for wrong in [
            "example.org",
            "ftp://a/",
            "https://me@a/",
            "https://a/?b",
            "https://a/#b",
        ] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_is_shown_as_it_is_read() {
        for time in [Duration::from_millis(1500), Duration::from_secs(30)] {
            assert_eq!(duration(&show_duration(time)), Ok(time));
        }
    }

    #[test]
    fn a_size_may_have_a_unit() {
        assert_eq!(bytes("100"), Ok(100));
        assert_eq!(bytes("256KiB"), Ok(262_144));
        for wrong in ["", "KiB", "1GB", "0", "-5", "99999999999999999MiB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_misspelt_level_is_no_filter() {
        assert!(log_filter("warn,masthead=debug").is_ok());
        for wrong in ["infoo", "", "masthead=loud"] {
            assert!(log_filter(wrong).is_err(), "{wrong}");
        }
    }
}
