//! When what failed is tried again: exponentially later each time, up to a bound,
//! and never at the same time as others that failed with it.

use chrono::{DateTime, Duration, Utc};

/// For how long a delivery is tried, from its first attempt.
pub const TRIED: Duration = Duration::days(2);

/// How long after the first attempt the second is made, about; each later one
/// after three times as long, up to [`LONGEST`].
const FIRST: Duration = Duration::seconds(10);

/// The longest time between attempts, but for what is random in it.
pub const LONGEST: Duration = Duration::hours(6);

/// When to try again what has failed `attempts` times, first at `first`;
/// `None`: no more. `asked` is how long the receiver asked to wait: it is given
/// that, up to [`LONGEST`]. `chance` is even over its type, and makes the time up
/// to a fifth longer.
#[must_use]
pub fn next(
    (attempts, first): (u32, DateTime<Utc>),
    now: DateTime<Utc>,
    asked: Option<Duration>,
    chance: u16,
) -> Option<DateTime<Utc>> {
    let power = attempts.saturating_sub(1).min(10);
    let grown = (FIRST * 3_i32.pow(power)).min(LONGEST);
    let asked = asked.unwrap_or_default().min(LONGEST);
    let pause = grown.max(asked);
    let more = pause / 5 * i32::from(chance) / i32::from(u16::MAX);
    let next = now + pause + more;
    (next <= first + TRIED).then_some(next)
}

/// How long `Retry-After` asks to wait (RFC 9110, section 10.2.3): seconds, or a
/// date. `None`: it is neither.
#[must_use]
pub fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::seconds(seconds.into()));
    }
    // The form that is still to be sent, IMF-fixdate.
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    Some((date.with_timezone(&Utc) - now).max(Duration::zero()))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::{LONGEST, TRIED, next, retry_after};

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_615_377_600, 0).unwrap()
    }

    #[test]
    fn what_fails_is_tried_later_each_time_for_two_days() {
        let mut now = start();
        let mut pauses = Vec::new();
        while let Some(next) = next((pauses.len() as u32 + 1, start()), now, None, 0) {
            pauses.push((next - now).num_seconds());
            now = next;
        }

        assert_eq!(pauses[..6], [10, 30, 90, 270, 810, 2_430]);
        assert!(
            pauses[8..]
                .iter()
                .all(|pause| *pause == LONGEST.num_seconds())
        );
        assert!(now <= start() + TRIED && now + LONGEST > start() + TRIED);
    }

    #[test]
    fn a_pause_is_up_to_a_fifth_longer() {
        let at = |chance| next((1, start()), start(), None, chance).unwrap() - start();

        assert_eq!(at(0), Duration::seconds(10));
        assert_eq!(at(u16::MAX), Duration::seconds(12));
        assert!(at(u16::MAX / 2) > at(0) && at(u16::MAX / 2) < at(u16::MAX));
    }

    #[test]
    fn a_receiver_that_asks_for_time_is_given_it_within_bounds() {
        let at = |asked| next((1, start()), start(), Some(asked), 0).unwrap() - start();

        assert_eq!(at(Duration::seconds(1)), Duration::seconds(10));
        assert_eq!(at(Duration::minutes(5)), Duration::minutes(5));
        assert_eq!(at(Duration::days(300)), LONGEST);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = start();
        assert_eq!(retry_after("120", now), Some(Duration::minutes(2)));
        assert_eq!(
            retry_after("Wed, 10 Mar 2021 12:01:00 GMT", now),
            Some(Duration::minutes(1))
        );
        assert_eq!(
            retry_after("Wed, 10 Mar 2021 11:00:00 GMT", now),
            Some(Duration::zero())
        );
        for wrong in ["", "soon", "-1", "99999999999999", "1.5"] {
            assert_eq!(retry_after(wrong, now), None, "{wrong}");
        }
    }
}
