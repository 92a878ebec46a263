use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

use super::{Client, Limiter, Rates};

const START: i64 = 1_615_377_600;

fn at(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).unwrap() + TimeDelta::milliseconds(milliseconds)
}

fn limiter(address: u32, key: u32) -> Limiter {
    Limiter::new(Rates {
        limited: true,
        address,
        key,
    })
}

/// A bucket as one would write it down: so many units are in it, so many come
/// each millisecond. In units of a 60,000th, so that there are no fractions.
struct Bucket {
    quota: i64,
    held: i64,
    filled_at: i64,
}

impl Bucket {
    fn new(quota: u32) -> Self {
        let quota = i64::from(quota);
        Self {
            quota,
            held: quota * 60_000,
            filled_at: 0,
        }
    }

    fn take(&mut self, units: u32, now: i64) -> bool {
        let most = self.quota * 60_000;
        self.held = most.min(self.held + (now - self.filled_at) * self.quota);
        self.filled_at = now;
        let wanted = i64::from(units) * 60_000;
        let enough = self.held >= wanted;
        if enough {
            self.held -= wanted;
        }
        enough
    }
}

/// Requests: after how many milliseconds, of which client, at which cost.
fn requests() -> impl Strategy<Value = Vec<(i64, usize, u32)>> {
    vec((0..20_000_i64, 0..4_usize, 0..300_u32), 1..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Rates that divide a minute into whole nanoseconds have no rounding.
    #[test]
    fn what_is_taken_is_what_the_naive_bucket_gives(requests in requests()) {
        let limiter = limiter(300, 600);
        let clients = [
            Client::at([192, 0, 2, 1].into()),
            Client::at([192, 0, 2, 2].into()),
            Client::Key(1),
            Client::Key(2),
        ];
        let mut buckets = [300, 300, 600, 600].map(Bucket::new);
        let mut now = 0;

        for (later, client, units) in requests {
            now += later;
            let taken = limiter.take(clients[client], units as usize, at(now));

            let bucket = &mut buckets[client];
            prop_assert_eq!(taken.is_ok(), bucket.take(units, now));
            let left = match taken {
                Ok(left) => left.unwrap(),
                Err(too_many) => too_many.left,
            };
            prop_assert_eq!(i64::from(left.units), bucket.held / 60_000);
            prop_assert_eq!(i64::from(left.quota), bucket.quota);
            let missing = bucket.quota * 60_000 - bucket.held;
            let full_in = missing.div_euclid(bucket.quota * 1000)
                + i64::from(missing % (bucket.quota * 1000) != 0);
            prop_assert_eq!(i64::from(left.full_in), full_in);
        }
    }

    #[test]
    fn who_waits_as_long_as_told_is_served(units in 1..300_u32, spent in 0..300_u32) {
        let limiter = limiter(299, 1);
        let client = Client::at([192, 0, 2, 1].into());
        let _ = limiter.take(client, spent as usize, at(0));

        if let Err(refused) = limiter.take(client, units as usize, at(0)) {
            let later = at(i64::from(refused.retry_in) * 1000);
            prop_assert!(limiter.take(client, units as usize, later).is_ok());
        }
    }
}

#[test]
fn a_crowd_of_clients_gives_nobody_more_than_the_limit() {
    let limiter = limiter(10, 10);
    let client = Client::at([192, 0, 2, 1].into());
    let mut taken = 0;

    for round in 0..200_u32 {
        for other in 0..1000 {
            let crowd = Client::at(IpAddr::from((round * 1000 + other).to_be_bytes()));
            let _ = limiter.take(crowd, 1, at(0));
        }
        taken += u32::from(limiter.take(client, 1, at(0)).is_ok());
    }

    assert!(taken <= 10, "{taken}");
}

#[test]
fn few_clients_are_not_in_each_others_way() {
    let limiter = limiter(10, 10);
    for number in 0..5000_u32 {
        let other = Client::at(IpAddr::from(number.to_be_bytes()));
        let _ = limiter.take(other, 10, at(0));
    }

    let served = (5000..15_000_u32).filter(|number| {
        let client = Client::at(IpAddr::from(number.to_be_bytes()));
        limiter.take(client, 1, at(0)).is_ok()
    });

    assert!(served.count() > 9900);
}

#[test]
fn a_request_above_the_quota_takes_all_of_it() {
    let limiter = limiter(100, 100);
    let client = Client::Key(1);

    let first = limiter.take(client, 50_000, at(0)).unwrap().unwrap();
    let second = limiter.take(client, 1, at(0)).unwrap_err();

    assert_eq!((first.units, first.full_in), (0, 60));
    assert_eq!(second.retry_in, 1);
}

#[test]
fn a_site_of_ipv6_is_one_client() {
    let client = |address: &str| Client::at(address.parse().unwrap());

    assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:2"));
    assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
    assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
    assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
}

#[test]
fn without_limits_nothing_is_counted() {
    let limiter = Limiter::new(Rates {
        limited: false,
        ..Rates::default()
    });

    assert_eq!(limiter.take(Client::Key(1), usize::MAX, at(0)), Ok(None));
}

#[test]
fn a_clock_that_goes_back_holds_nobody_to_what_it_showed() {
    let limiter = limiter(600, 600);
    let client = Client::Key(1);
    assert!(limiter.take(client, 600, at(0)).is_ok());
    assert!(limiter.take(client, 1, at(1)).is_err());

    let earlier = limiter.take(client, 600, at(-3_600_000));

    assert!(earlier.is_ok(), "{earlier:?}");
    assert!(limiter.take(client, 1, at(-3_600_000)).is_err());
}
