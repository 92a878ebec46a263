//! Telling a cache what changed, for ever.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use tokio::time::{Instant, sleep_until};

use super::tags::tags_of;
use super::target::{PREFIX, Target};
use crate::cache::tag::Tag;
use crate::change_log::{self, Reader};
use crate::client::{Client, ClientError};
use crate::clock::Clock;
use crate::database::Database;
use crate::delivery::pause::Pause;
use crate::error::line;

/// Entries that are dealt with at a time, at most.
const STEP: u64 = 500;

/// How long after a purge it is sent once more. An answer may have been on its
/// way to the cache while it forgot, and be kept after that.
const AGAIN: Duration = Duration::from_secs(2);

/// Why a cache did not do as it was told.
#[derive(thiserror::Error, Debug)]
enum PurgeError {
    #[error("the database does not answer")]
    Database(#[from] DbErr),
    #[error("the request can't be written")]
    Request(#[from] axum::http::Error),
    #[error("it was not told")]
    Client(#[from] ClientError),
    #[error("it answered {0}")]
    Refused(u16),
}

/// Note that `targets` are to be told what changes from now on, where they are
/// new. Forget how far caches were told that are none of them: nothing is kept
/// for those any more.
///
/// # Errors
/// If the database can't.
pub async fn settle(
    database: &Database,
    targets: &[Target],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let kept: Vec<String> = targets.iter().map(Target::reader).collect();
    change_log::forget_others(database, PREFIX, &kept).await?;
    for name in &kept {
        Reader::from_now(database, name, now).await?;
    }
    Ok(())
}

/// Tell `target` what changed, as soon as this process knows of it, for ever. One
/// that is new is told what changes from now on.
pub async fn keep_purging(database: Database, clock: Arc<Clock>, client: Client, target: Target) {
    let mut worker = Worker {
        database,
        clock,
        client,
        target,
        again: VecDeque::new(),
    };
    let mut pause = Pause::default();
    let mut reader = loop {
        match worker.reader().await {
            Ok(reader) => break reader,
            Err(fault) => worker.wait(&mut pause, &fault).await,
        }
    };
    loop {
        match worker.step(&mut reader).await {
            Ok(()) => pause = Pause::default(),
            Err(fault) => worker.wait(&mut pause, &fault).await,
        }
    }
}

struct Worker {
    database: Database,
    clock: Arc<Clock>,
    client: Client,
    target: Target,
    /// What is to be sent once more, and when, the next first.
    again: VecDeque<(Instant, BTreeSet<Tag>)>,
}

impl Worker {
    async fn reader(&self) -> Result<Reader, PurgeError> {
        let name = self.target.reader();
        Ok(Reader::from_now(&self.database, &name, self.clock.now()).await?)
    }

    /// Wait for what is to be done next, and do it. After a fault it is to be
    /// done again.
    async fn step(&mut self, reader: &mut Reader) -> Result<(), PurgeError> {
        let due = self.again.front().map(|(due, _)| *due);
        let entries = tokio::select! {
            biased;
            entries = reader.wait(STEP) => entries?,
            () = due_at(due) => Vec::new(),
        };
        let Some(last) = entries.last() else {
            return self.send_again().await;
        };
        let tags = tags_of(&self.database, &entries).await?;
        self.send(&tags).await?;
        reader.save(last.position, self.clock.now()).await?;
        self.again.push_back((Instant::now() + AGAIN, tags));
        Ok(())
    }

    async fn wait(&self, pause: &mut Pause, fault: &PurgeError) {
        let what = format!("{} still shows what changed: {}", self.target, line(fault));
        pause.after(&what).await;
    }

    async fn send_again(&mut self) -> Result<(), PurgeError> {
        if let Some((_, tags)) = self.again.front() {
            self.send(tags).await?;
            self.again.pop_front();
        }
        Ok(())
    }

    async fn send(&self, tags: &BTreeSet<Tag>) -> Result<(), PurgeError> {
        let tags: Vec<Tag> = tags.iter().copied().collect();
        for tags in tags.chunks(self.target.most()) {
            let request = self.target.request(tags)?;
            let status = self.client.send(request).await?.status();
            if !status.is_success() {
                return Err(PurgeError::Refused(status.as_u16()));
            }
        }
        tracing::debug!(tags = tags.len(), "{} was told what changed", self.target);
        Ok(())
    }
}

async fn due_at(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}
