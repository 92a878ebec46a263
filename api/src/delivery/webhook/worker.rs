//! Telling endpoints what changed, for as long as a server runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};

use super::courier::Courier;
use super::store::prune;
use crate::client::OutsideClient;
use crate::clock::Clock;
use crate::database::Database;
use crate::error::line;

/// How often it is looked whether anything is due, whatever is known.
const POLL: Duration = Duration::from_secs(1);

/// How often what ended long ago is removed.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Tell endpoints what changed, as soon as this process knows of it, for ever.
/// Any number of processes may on one database.
pub async fn keep_delivering(database: Database, clock: Arc<Clock>, client: OutsideClient) {
    let mut courier = Courier::new(database.clone(), clock, client);
    let mut writes = database.writes().subscribe();
    let mut answers = true;
    loop {
        let position = database.head().position();
        let stepped = courier.step().await;
        // Told once, not every second.
        if let Err(fault) = &stepped
            && answers
        {
            tracing::warn!("webhooks can't be delivered: {}", line(fault));
        }
        answers = stepped.is_ok();
        if matches!(stepped, Ok(true)) {
            continue;
        }
        tokio::select! {
            () = sleep(POLL) => {}
            () = courier.landing() => {}
            _ = database.head().after(position), if answers => {}
            // Its sender is in `database`, so that it is never gone.
            _ = writes.changed(), if answers => {}
        }
    }
}

/// Remove once an hour what ended long ago, for ever.
pub async fn keep_pruned(database: Database, clock: Arc<Clock>) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        if let Err(fault) = prune(&database, clock.now()).await {
            tracing::warn!("old webhook deliveries are not removed: {}", line(&fault));
        }
    }
}
