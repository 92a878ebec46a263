//! What keys are used for: remembered at once, written now and then, so that no
//! request waits for it; and how much of a day's quota is left.
//!
//! A quota is exact within a process. What other processes have taken of it is
//! known once they and this one have written, each every ten seconds; a process
//! that is killed loses what it had not written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::DbErr;
use tokio::sync::Mutex as Turn;
use tokio::time::sleep;

use super::store;
use crate::clock::Clock;
use crate::database::Database;
use crate::error::line;

/// What keys were used for, by key and day. Copies share it.
#[derive(Clone, Debug, Default)]
pub struct Usage(Arc<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    used: Mutex<HashMap<(i64, NaiveDate), Used>>,
    /// Whose turn it is to write: what is written twice would count twice. And
    /// the day on which what is old was last forgotten.
    writing: Turn<Option<NaiveDate>>,
}

/// What a key was used for on a day, and is not written yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests.
    pub requests: u64,
    /// What they cost, in units, without those that were refused.
    pub cost: u64,
    /// How many were refused because the quota was used up.
    pub refused: u64,
}

/// What is known of the use of a key on a day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    /// What is not written yet.
    pub(super) pending: Counts,
    /// The last use, if it is not written yet.
    pub(super) last: Option<DateTime<Utc>>,
    /// What all processes have used of the quota, as far as it is known.
    total: u64,
}

/// What is left of a day's quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaLeft {
    /// Units of cost a day.
    pub quota: u64,
    pub units: u64,
    /// Seconds until the next day, in UTC.
    pub next_in: i64,
}

/// How often it is written.
const EVERY: Duration = Duration::from_secs(10);
/// For how many days it is kept what a key was used for: a year, and what it
/// takes to compare it with the year before.
pub const KEPT_DAYS: u32 = 400;

impl Counts {
    fn less(self, written: Self) -> Self {
        Self {
            requests: self.requests.saturating_sub(written.requests),
            cost: self.cost.saturating_sub(written.cost),
            refused: self.refused.saturating_sub(written.refused),
        }
    }
}

impl Usage {
    /// Remember that a request was made with a key, of which `written` units
    /// are known to have been used that day.
    pub fn note(&self, key: i64, written: u64, at: DateTime<Utc>) {
        let mut remembered = self.remembered();
        let used = remembered.entry((key, at.date_naive())).or_default();
        used.pending.requests += 1;
        used.total = used.total.max(written);
        used.last = used.last.max(Some(at));
    }

    /// Take what a request costs from a quota: all of it or, if there is not as
    /// much left, nothing.
    ///
    /// # Errors
    /// What is left, where it is too little.
    pub fn take(
        &self,
        key: i64,
        quota: Option<u64>,
        units: usize,
        now: DateTime<Utc>,
    ) -> Result<(), QuotaLeft> {
        let mut remembered = self.remembered();
        let used = remembered.entry((key, now.date_naive())).or_default();
        let units = units as u64;
        let total = used.total.saturating_add(units);
        if let Some(quota) = quota.filter(|quota| total > *quota) {
            used.pending.refused += 1;
            return Err(used.left_of(quota, now));
        }
        used.total = total;
        used.pending.cost += units;
        Ok(())
    }

    /// What is left of a quota; `None` if there is none.
    #[must_use]
    pub fn left(&self, key: i64, quota: Option<u64>, now: DateTime<Utc>) -> Option<QuotaLeft> {
        let remembered = self.remembered();
        let used = remembered.get(&(key, now.date_naive())).copied();
        quota.map(|quota| used.unwrap_or_default().left_of(quota, now))
    }

    /// Give back what was taken for a request that was not answered.
    pub fn give_back(&self, key: i64, units: usize, at: DateTime<Utc>) {
        if let Some(used) = self.remembered().get_mut(&(key, at.date_naive())) {
            let units = (units as u64).min(used.pending.cost);
            used.pending.cost -= units;
            used.total -= units;
        }
    }

    /// What a key was used for on a day, and is not written yet.
    #[must_use]
    pub fn pending(&self, key: i64, day: NaiveDate) -> Counts {
        let remembered = self.remembered();
        remembered
            .get(&(key, day))
            .map_or(Counts::default(), |used| used.pending)
    }

    /// Write what is remembered. It is remembered until it is written.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write(&self, database: &Database, now: DateTime<Utc>) -> Result<(), DbErr> {
        let mut forgotten_on = self.0.writing.lock().await;
        let used = self.unwritten();
        if used.is_empty() {
            return Ok(());
        }
        let today = now.date_naive();
        let is_new_day = *forgotten_on != Some(today);
        let forgotten = is_new_day.then(|| today - Days::new(KEPT_DAYS.into()));
        let totals = store::add_usage(database, &used, forgotten).await?;
        *forgotten_on = Some(today);
        for ((of, used), total) in used.into_iter().zip(totals) {
            self.written(of, used, total);
        }
        self.remembered()
            .retain(|(_, day), used| *day >= today || used.is_unwritten());
        Ok(())
    }

    /// The same, with a line of the log where it can't be done.
    pub async fn try_write(&self, database: &Database, now: DateTime<Utc>) {
        if let Err(error) = self.write(database, now).await {
            let error = line(&error);
            tracing::warn!("what keys were used for can't be written yet: {error}");
        }
    }

    /// Write every ten seconds, for ever. What has begun is done, also if this is
    /// dropped.
    pub async fn keep_writing(self, database: Database, clock: Arc<Clock>) {
        loop {
            sleep(EVERY).await;
            let (usage, database, now) = (self.clone(), database.clone(), clock.now());
            let writing = tokio::spawn(async move { usage.try_write(&database, now).await });
            // It tells of its faults itself.
            drop(writing.await);
        }
    }

    /// What is not written yet, in one order in all processes, so that none
    /// waits for another that waits for it.
    fn unwritten(&self) -> Vec<((i64, NaiveDate), Used)> {
        let remembered = self.remembered();
        let unwritten = remembered.iter().filter(|(_, used)| used.is_unwritten());
        let mut unwritten: Vec<_> = unwritten.map(|(of, used)| (*of, *used)).collect();
        unwritten.sort_by_key(|(of, _)| *of);
        unwritten
    }

    /// What was used again meanwhile is for the next time.
    fn written(&self, of: (i64, NaiveDate), written: Used, total: u64) {
        if let Some(used) = self.remembered().get_mut(&of) {
            used.pending = used.pending.less(written.pending);
            used.total = used.total.max(total.saturating_add(used.pending.cost));
            if used.last == written.last {
                used.last = None;
            }
        }
    }

    fn remembered(&self) -> MutexGuard<'_, HashMap<(i64, NaiveDate), Used>> {
        self.0.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Used {
    fn is_unwritten(&self) -> bool {
        self.last.is_some() || self.pending != Counts::default()
    }

    fn left_of(self, quota: u64, now: DateTime<Utc>) -> QuotaLeft {
        QuotaLeft {
            quota,
            units: quota.saturating_sub(self.total),
            next_in: until_tomorrow(now),
        }
    }
}

/// Seconds until the next day in UTC; at least one.
fn until_tomorrow(now: DateTime<Utc>) -> i64 {
    let tomorrow = (now.date_naive() + Days::new(1)).and_time(NaiveTime::MIN);
    let wait = tomorrow.and_utc() - now;
    ((wait.num_milliseconds() + 999) / 1000).max(1)
}
