//! Which moment a time on the publication's clocks is.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset as _, TimeZone as _, Utc};
use chrono_tz::{GapInfo, Tz};
use sea_orm::{DatabaseTransaction, DbErr};

use super::store;
use crate::graphql::scalar::LocalDateTime;

/// When the clocks of `zone` show `local`. Of a time that comes twice, as
/// clocks are set back, the first counts; one that clocks skip is taken by the
/// offset from before the gap, and so is later by the length of that (RFC 5545,
/// section 3.3.5).
#[must_use]
pub fn moment(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.to_utc(),
        LocalResult::None => {
            let gap = GapInfo::new(&local, &zone).and_then(|gap| gap.begin);
            // A gap has a beginning, but for times before all records.
            let offset = gap.map_or(0, |(_, before)| before.fix().local_minus_utc());
            local.and_utc() - chrono::Duration::seconds(offset.into())
        }
    }
}

/// See when what is to come is due, by the zone that the publication has now:
/// for whoever gives it another one. What is due by then is done at once.
///
/// # Errors
/// If the database does not answer.
pub async fn refresh(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let Some(zone) = zone(tx).await? else {
        return Ok(());
    };
    for (id, local_at, due_at) in store::pending(tx).await? {
        let Some(LocalDateTime(local)) = LocalDateTime::parse_text(&local_at) else {
            continue;
        };
        let moment = moment(zone, local);
        if moment != due_at {
            store::set_due(tx, id, moment).await?;
        }
    }
    Ok(())
}

/// The publication's time zone; `None` before there is a publication.
pub(super) async fn zone(tx: &DatabaseTransaction) -> Result<Option<Tz>, DbErr> {
    let Some(name) = store::time_zone(tx).await? else {
        return Ok(None);
    };
    let zone = name
        .parse()
        .map_err(|_| DbErr::Custom(format!("the time zone {name} is not known")))?;
    Ok(Some(zone))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::{DateTime, Duration, NaiveDateTime, Offset as _, TimeZone as _, Utc};
    use chrono_tz::{America, Asia, Australia, Europe, Pacific, Tz};
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
    use proptest::sample::select;

    use super::moment;

    const ZONES: [Tz; 9] = [
        Tz::UTC,
        // Three hours ahead for good since 2011, and much else before.
        Europe::Minsk,
        Europe::Berlin,
        // Its summer is the standard time.
        Europe::Dublin,
        America::New_York,
        // Half an hour in summer.
        Australia::Lord_Howe,
        Asia::Kathmandu,
        // It left out the 30th of December 2011.
        Pacific::Apia,
        // Clocks go at midnight.
        America::Havana,
    ];

    /// Each day on which the clocks of a zone change, and the zone.
    static CHANGES: LazyLock<Vec<(Tz, NaiveDateTime)>> = LazyLock::new(|| {
        let days = (0..366 * 50).map(|days| first_day() + Duration::days(days));
        let days: Vec<NaiveDateTime> = days.collect();
        let changes = ZONES.iter().flat_map(|zone| {
            let offset = |day: &NaiveDateTime| zone.offset_from_utc_datetime(day).fix();
            let pairs = days.iter().zip(&days[1..]);
            let changes = pairs.filter(move |(day, next)| offset(day) != offset(next));
            changes.map(|(day, _)| (*zone, *day))
        });
        changes.collect()
    });

    fn first_day() -> NaiveDateTime {
        "1985-01-01T00:00:00".parse().unwrap()
    }

    /// The first moment at which the clocks show `local` or, where they never
    /// do, as late after the gap as `local` lies behind its beginning. By
    /// looking at each minute around.
    fn model(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
        let mut before_gap = None;
        for minutes in -15 * 60..=25 * 60 {
            let moment = local.and_utc() + Duration::minutes(minutes);
            let shown = moment.with_timezone(&zone).naive_local();
            if shown == local {
                return moment;
            }
            if shown < local {
                before_gap = Some((moment, shown));
            }
        }
        // Clocks do nothing between but run on.
        let (moment, shown) = before_gap.unwrap();
        moment + (local - shown)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_local_time_is_the_moment_that_the_minutes_around_say(
            zone in select(&ZONES[..]),
            minutes in 0..60 * 24 * 366 * 50_i64,
        ) {
            let local = first_day() + Duration::minutes(minutes);

            prop_assert_eq!(moment(zone, local), model(zone, local));
        }

        #[test]
        fn so_is_one_near_a_change_of_the_clocks(
            (zone, day) in select(&CHANGES[..]),
            minutes in -24 * 60..72 * 60_i64,
        ) {
            let local = day + Duration::minutes(minutes);

            prop_assert_eq!(moment(zone, local), model(zone, local));
        }
    }

    #[test]
    fn changes_of_the_clocks_are_as_people_expect() {
        for (zone, local, expected) in [
            // RFC 5545, section 3.3.5, has these two.
            (
                America::New_York,
                "2007-03-11T02:30:00",
                "2007-03-11T07:30:00Z",
            ),
            (
                America::New_York,
                "2007-11-04T01:30:00",
                "2007-11-04T05:30:00Z",
            ),
            (
                Europe::Berlin,
                "2021-03-28T02:30:00",
                "2021-03-28T01:30:00Z",
            ),
            (
                Europe::Berlin,
                "2021-10-31T02:30:00",
                "2021-10-31T00:30:00Z",
            ),
            (Europe::Minsk, "2021-03-28T02:30:00", "2021-03-27T23:30:00Z"),
            (Europe::Minsk, "2010-03-28T02:30:00", "2010-03-28T00:30:00Z"),
            (
                Australia::Lord_Howe,
                "2021-10-03T02:15:00",
                "2021-10-02T15:45:00Z",
            ),
            (
                Australia::Lord_Howe,
                "2021-04-04T01:45:00",
                "2021-04-03T14:45:00Z",
            ),
            (Pacific::Apia, "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"),
        ] {
            let local: NaiveDateTime = local.parse().unwrap();

            let moment = moment(zone, local);

            assert_eq!(
                moment,
                expected.parse::<DateTime<Utc>>().unwrap(),
                "{zone} {local}"
            );
        }
    }
}
