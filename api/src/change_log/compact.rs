//! Keeping the log small: of each thing in each locale the newest entry stays,
//! and what is older goes in time.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, Utc};
use sea_orm::DbErr;
use tokio::time::{MissedTickBehavior, interval};

use super::{Position, store};
use crate::clock::Clock;
use crate::database::Database;
use crate::error::line;

/// How long every entry is kept.
pub const KEPT: Days = Days::new(30);

/// Entries that are looked at in one step, at most.
const STEP: u64 = 500;

/// How often the log of a server is compacted.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Remove the entries from before [`KEPT`] that newer ones of the same thing and
/// locale supersede, where every saved reader has dealt with both. Reading from any
/// position gives the present state as before. The answer is how many were
/// removed.
///
/// It goes step by step, so that nobody has to wait for all of it.
///
/// # Errors
/// If the database does not answer. What was removed by then stays so.
pub async fn compact(database: &Database, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let mut removed = 0;
    let mut place = Position::START;
    let Some(until) = now.checked_sub_days(KEPT) else {
        return Ok(0);
    };
    while let Some(window) = store::window(database, place, until, STEP).await? {
        place = window.end;
        if window.superseded.is_empty() {
            continue;
        }
        let turn = database.turn().await?;
        let tx = database.begin_maintenance().await?;
        removed += store::remove(&tx, &window.superseded).await?;
        tx.commit().await?;
        drop(turn);
    }
    Ok(removed)
}

/// Compact the log once an hour, for ever.
pub async fn keep_compact(database: Database, clock: Arc<Clock>) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        match compact(&database, clock.now()).await {
            Ok(0) => {}
            Ok(entries) => tracing::info!(entries, "removed {entries} entries of the change log"),
            Err(fault) => tracing::warn!("the change log is not compacted: {}", line(&fault)),
        }
    }
}
