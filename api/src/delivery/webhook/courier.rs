//! Sending what is due: many endpoints at once, a few messages to each.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Duration;
use tokio::task::JoinSet;

use super::endpoint::Endpoint;
use super::fan_out::fan_out;
use super::sender::Sender;
use super::store;
use crate::client::OutsideClient;
use crate::clock::Clock;
use crate::content::publication::SettingsCache;
use crate::database::Database;
use crate::error::Error;

/// Messages that are under way at the same time, in one process.
const UNDER_WAY: usize = 32;
/// The same to one endpoint; to one that fails, one.
const TO_ONE: usize = 4;

/// How long a delivery is held by who sends it. Longer than any attempt takes,
/// and than clocks of machines differ: who is killed holds it no longer.
const LEASE: Duration = Duration::seconds(60);

/// Sends what endpoints are to be told. Any number of them may work on one
/// database.
#[derive(Debug)]
pub struct Courier {
    sender: Arc<Sender>,
    settings: SettingsCache,
    /// Attempts that are under way; each answers the endpoint.
    under_way: JoinSet<i64>,
    /// How many to each endpoint.
    to: HashMap<i64, usize>,
}

impl Courier {
    /// One that has nothing under way.
    #[must_use]
    pub fn new(database: Database, clock: Arc<Clock>, client: OutsideClient) -> Self {
        Self {
            sender: Arc::new(Sender {
                database,
                clock,
                client,
            }),
            settings: SettingsCache::default(),
            under_way: JoinSet::new(),
            to: HashMap::new(),
        }
    }

    /// Read on in the change log, and begin to send what is due, as far as that
    /// may be under way. The answer is whether something was begun, or there is
    /// more to read.
    ///
    /// # Errors
    /// If the database does not answer. What was begun goes on.
    pub async fn step(&mut self) -> Result<bool, Error> {
        let sender = Arc::clone(&self.sender);
        while let Some(ended) = self.under_way.try_join_next() {
            self.landed(ended.ok());
        }
        let endpoints = store::enabled(&sender.database).await?;
        if endpoints.is_empty() {
            return Ok(false);
        }
        let now = sender.clock.now();
        let more = fan_out(&sender.database, &self.settings, &endpoints, now).await?;
        let endpoints = endpoints.into_iter().map(|one| (one.id, Arc::new(one)));
        let begun = self.begin(&endpoints.collect()).await?;
        Ok(more || begun)
    }

    /// Wait until an attempt that is under way has ended; for ever, if none is.
    pub async fn landing(&mut self) {
        match self.under_way.join_next().await {
            Some(ended) => self.landed(ended.ok()),
            None => std::future::pending().await,
        }
    }

    /// Do all that can be done now, and wait until it has ended.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn settle(&mut self) -> Result<(), Error> {
        loop {
            let busy = self.step().await?;
            if !self.under_way.is_empty() {
                self.landing().await;
            } else if !busy {
                return Ok(());
            }
        }
    }

    fn landed(&mut self, endpoint: Option<i64>) {
        match endpoint {
            Some(endpoint) => {
                if let Some(count) = self.to.get_mut(&endpoint) {
                    *count = count.saturating_sub(1);
                }
            }
            // One that panicked does not say to whom it was: none is counted.
            None => self.to.clear(),
        }
    }

    async fn begin(&mut self, endpoints: &HashMap<i64, Arc<Endpoint>>) -> Result<bool, Error> {
        let sender = Arc::clone(&self.sender);
        let mut begun = false;
        while self.under_way.len() < UNDER_WAY {
            let now = sender.clock.now();
            let busy = self.busy(endpoints);
            let due = store::due(&sender.database, now, &busy, UNDER_WAY as u64).await?;
            let mut claimed = false;
            for due in due {
                let Some(endpoint) = endpoints.get(&due.endpoint_id) else {
                    continue;
                };
                let is_full = self.under_way.len() >= UNDER_WAY;
                if is_full || self.is_busy(endpoint) {
                    continue;
                }
                let until = now + LEASE;
                if store::claim(&sender.database, due.id, now, until).await? {
                    claimed = true;
                    *self.to.entry(endpoint.id).or_default() += 1;
                    let endpoint = Arc::clone(endpoint);
                    self.under_way
                        .spawn(Arc::clone(&sender).deliver(endpoint, due, until));
                }
            }
            if !claimed {
                break;
            }
            begun = true;
        }
        Ok(begun)
    }

    fn busy(&self, endpoints: &HashMap<i64, Arc<Endpoint>>) -> Vec<i64> {
        let busy = endpoints.values().filter(|one| self.is_busy(one));
        busy.map(|endpoint| endpoint.id).collect()
    }

    fn is_busy(&self, endpoint: &Endpoint) -> bool {
        let most = match endpoint.failing_since {
            None => TO_ONE,
            Some(_) => 1,
        };
        self.to
            .get(&endpoint.id)
            .is_some_and(|count| *count >= most)
    }
}
