//! Rate limits: how much a client may ask for in a minute, in units of cost.
//!
//! A client's allowance is a bucket that fills evenly, in a minute from empty to
//! full (the generic cell rate algorithm: all that is kept of a bucket is when
//! it is full again). Buckets are cells of a table that does not grow: each
//! client has one cell in each of its rows, by a secret hash, and has as much
//! left as the fullest of them. So nobody ever has more than the limit,
//! however many clients there are, and nothing is ever evicted; who shares all
//! cells with clients that are at their limits has less, which takes tens of
//! thousands of those.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};

/// The limits, in units of cost a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Whether there are limits at all.
    pub limited: bool,
    /// Of an address that brings no key.
    pub address: u32,
    /// Of a key.
    pub key: u32,
}

/// Whose allowance a request is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// A network of addresses, as [`Client::at`] has it.
    Network(IpAddr),
    /// The holder of a key, wherever it asks from.
    Key(i64),
}

/// What a client has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The most that the client may have: what comes in a minute.
    pub quota: u32,
    pub units: u32,
    /// Seconds until it has all of its quota again.
    pub full_in: u32,
}

/// The client has not enough left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub left: Left,
    /// Seconds until it has enough; at least one.
    pub retry_in: u32,
}

/// Takes what requests cost from what clients have left. Copies share that.
#[derive(Clone, Debug)]
pub struct Limiter(Option<Arc<Limited>>);

#[derive(Debug)]
struct Limited {
    rates: Rates,
    networks: Table,
    keys: Table,
}

/// Rows of cells. A cell says when its bucket is full again, in nanoseconds
/// since 1970.
#[derive(Debug)]
struct Table {
    secrets: [RandomState; ROWS],
    /// Made when the first is needed.
    cells: LazyLock<Box<[AtomicU64]>>,
}

const ROWS: usize = 3;
/// In each row: 1.5 MB for a table.
const CELLS: usize = 1 << 16;
const MINUTE: u64 = 60_000_000_000;
const SECOND: u64 = 1_000_000_000;

impl Default for Rates {
    /// Two thousand usual pages a minute that are in no cache, for one address.
    fn default() -> Self {
        Self {
            limited: true,
            address: 1_000_000,
            key: 10_000_000,
        }
    }
}

impl Client {
    /// Whoever asks from `address`: in IPv6 a site is given 64 bits, in which
    /// it can be any address it likes.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        const SITE: u128 = !(u64::MAX as u128);
        Self::Network(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() & SITE).into()),
            address @ IpAddr::V4(_) => address,
        })
    }

    /// What the limit that it is held to is called.
    #[must_use]
    pub const fn policy(&self) -> &'static str {
        match self {
            Self::Network(_) => "address",
            Self::Key(_) => "key",
        }
    }
}

impl Limiter {
    /// A limiter by these rates. Without limits it does nothing.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        Self(rates.limited.then(|| {
            Arc::new(Limited {
                rates,
                networks: Table::new(),
                keys: Table::new(),
            })
        }))
    }

    /// Take `units` from what `client` has left: all or, if it has not as many,
    /// none. What costs more than the quota takes all of it. `None` if nothing
    /// is limited.
    ///
    /// # Errors
    /// If there is too little left.
    pub fn take(
        &self,
        client: Client,
        units: usize,
        now: DateTime<Utc>,
    ) -> Result<Option<Left>, TooMany> {
        let Some(limited) = &self.0 else {
            return Ok(None);
        };
        let (table, quota) = match client {
            Client::Network(_) => (&limited.networks, limited.rates.address),
            Client::Key(_) => (&limited.keys, limited.rates.key),
        };
        let units = u32::try_from(units).unwrap_or(u32::MAX).min(quota);
        // Beyond the year 2554 the clock would have to be another.
        let now = now
            .timestamp_nanos_opt()
            .map_or(0, |now| u64::try_from(now).unwrap_or(0));
        table.take(&client, Quota(quota), units, now).map(Some)
    }
}

/// Units a minute; at least one.
#[derive(Clone, Copy)]
struct Quota(u32);

impl Quota {
    /// How long it takes until so many units have come, rounded up.
    fn time(self, units: u32) -> u64 {
        (u64::from(units) * MINUTE).div_ceil(u64::from(self.0))
    }

    /// What is left of a bucket that will be full after this time.
    fn left(self, full_in: u64) -> Left {
        let share = u128::from(MINUTE.saturating_sub(full_in)) * u128::from(self.0);
        Left {
            quota: self.0,
            units: u32::try_from(share / u128::from(MINUTE)).unwrap_or(u32::MAX),
            full_in: seconds(full_in),
        }
    }
}

impl Table {
    fn new() -> Self {
        Self {
            secrets: std::array::from_fn(|_| RandomState::new()),
            cells: LazyLock::new(|| (0..ROWS * CELLS).map(|_| AtomicU64::new(0)).collect()),
        }
    }

    fn take(&self, client: &Client, quota: Quota, units: u32, now: u64) -> Result<Left, TooMany> {
        let cells: [&AtomicU64; ROWS] = std::array::from_fn(|row| {
            let hash = self.secrets[row].hash_one(client) as usize % CELLS;
            &self.cells[row * CELLS + hash]
        });
        // Nobody owes more than a minute: where it looks so, the clock went back.
        let owed = |full_at: u64| if full_at > now + MINUTE { 0 } else { full_at };
        let fullest = cells
            .into_iter()
            .min_by_key(|cell| owed(cell.load(Ordering::Relaxed)));
        let Some(fullest) = fullest else {
            return Ok(quota.left(0));
        };
        let time = quota.time(units);
        let after = |full_at: u64| owed(full_at).max(now).saturating_add(time);
        let taken = fullest.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
            let full_at = after(full_at);
            (full_at - now <= MINUTE).then_some(full_at)
        });
        match taken {
            Ok(before) => {
                for cell in cells {
                    if !std::ptr::eq(cell, fullest) {
                        cell.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
                            // No more is owed than a whole bucket.
                            Some(after(full_at).min(now + MINUTE))
                        })
                        .ok();
                    }
                }
                Ok(quota.left(after(before) - now))
            }
            Err(before) => Err(TooMany {
                left: quota.left(before.saturating_sub(now)),
                retry_in: seconds(after(before) - now - MINUTE).max(1),
            }),
        }
    }
}

/// Whole seconds, rounded up.
fn seconds(nanoseconds: u64) -> u32 {
    u32::try_from(nanoseconds.div_ceil(SECOND)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
