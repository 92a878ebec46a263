//! Sending one message, and what comes of that.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use masthead_entities::webhook_endpoint::Disabled;
use sea_orm::DbErr;
use tokio::time::{Instant, sleep};

use super::attempt::{Verdict, send};
use super::backoff;
use super::endpoint::{Endpoint, disable};
use super::event::Event;
use super::store::{self, Due, Ended, Outcome};
use crate::access::random;
use crate::audit::Actor;
use crate::client::OutsideClient;
use crate::clock::Clock;
use crate::content::writing::{Patience, Writing};
use crate::database::Database;
use crate::error::{Error, is_unavailable, line};

/// What is needed to send.
#[derive(Debug)]
pub(super) struct Sender {
    pub(super) database: Database,
    pub(super) clock: Arc<Clock>,
    pub(super) client: OutsideClient,
}

/// For how long it is tried to note how an attempt went: with the attempt it is
/// less than the lease.
const NOTED_WITHIN: std::time::Duration = std::time::Duration::from_secs(30);
const BETWEEN: std::time::Duration = std::time::Duration::from_millis(500);

impl Sender {
    /// Make an attempt, and note how it went.
    pub(super) async fn deliver(
        self: Arc<Self>,
        endpoint: Arc<Endpoint>,
        due: Due,
        until: DateTime<Utc>,
    ) -> i64 {
        let began = self.clock.now();
        let first = due.first_tried_at.unwrap_or(began);
        let (verdict, ended) = send(&self.client, &endpoint, &due, began).await;
        let now = self.clock.now();
        let outcome = outcome(&due, first, verdict, now);
        tracing::debug!(
            endpoint.id = endpoint.id,
            delivery.id = due.id,
            "the webhook endpoint {} answered {:?} to a message",
            endpoint.id,
            ended.status
        );
        let noted = match self.finish((&due, until), ended, outcome, now).await {
            Ok(true) => self.judge(&endpoint, verdict, (outcome, first)).await,
            Ok(false) => Ok(()),
            Err(fault) => Err(fault.into()),
        };
        if let Err(fault) = noted {
            // When the lease ends it is tried again.
            tracing::warn!(
                delivery.id = due.id,
                "how the webhook delivery {} went can't be noted: {}",
                due.id,
                line(&fault)
            );
        }
        endpoint.id
    }

    /// Note how an attempt went; while another writes for long, wait for that as
    /// long as the delivery is held. Else it would be sent again.
    async fn finish(
        &self,
        held: (&Due, DateTime<Utc>),
        ended: Ended,
        outcome: Outcome,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let end = Instant::now() + NOTED_WITHIN;
        loop {
            let noted = store::finish(&self.database, held, ended.clone(), outcome, now).await;
            match noted {
                Err(fault) if is_unavailable(&fault) && Instant::now() < end => {
                    sleep(BETWEEN).await;
                }
                noted => return noted,
            }
        }
    }

    /// Disable an endpoint that is gone, or that took nothing for as long as a
    /// delivery was tried.
    async fn judge(
        &self,
        endpoint: &Endpoint,
        verdict: Verdict,
        (outcome, first): (Outcome, DateTime<Utc>),
    ) -> Result<(), Error> {
        let because = match (verdict, outcome) {
            (Verdict::Gone, _) => Disabled::Gone,
            (_, Outcome::Failed) => Disabled::Failing,
            _ => return Ok(()),
        };
        if because == Disabled::Failing {
            let present = store::find(self.database.reader(), endpoint.id).await?;
            let last = present.and_then(|present| present.last_delivered_at);
            let for_long = self.clock.now() - first >= backoff::TRIED - backoff::LONGEST * 2;
            if !for_long || last.is_some_and(|last| last >= first) {
                return Ok(());
            }
        }
        let actor = Actor::server();
        let begun = Writing::begin(&self.database, actor, &self.clock, Patience::Short).await;
        let mut writing = begun?;
        if disable(&mut writing, endpoint.id, because).await? {
            writing.commit().await?;
        } else {
            writing.abandon().await;
        }
        Ok(())
    }
}

/// What becomes of a delivery. A test is tried once: who asked for it waits.
fn outcome(due: &Due, first: DateTime<Utc>, verdict: Verdict, now: DateTime<Utc>) -> Outcome {
    let asked = match verdict {
        Verdict::Taken => return Outcome::Delivered,
        Verdict::Gone => return Outcome::Failed,
        Verdict::NotNow(asked) => asked,
    };
    if due.event == Event::Ping.as_str() {
        return Outcome::Failed;
    }
    let attempts = u32::try_from(due.attempts).unwrap_or(0) + 1;
    // Without randomness all is as late as it may be.
    let chance = random().map_or(u16::MAX, u16::from_be_bytes);
    let next = backoff::next((attempts, first), now, asked, chance);
    next.map_or(Outcome::Failed, Outcome::Again)
}
