//! Following the log as others write it: other processes on the same database.

use std::time::Duration;

use sea_orm::DbErr;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use super::store::{self, Listener};
use crate::database::Database;
use crate::error::{is_unavailable, line};

/// How often the log is looked at, whatever was heard.
const POLL: Duration = Duration::from_secs(1);

/// How long to wait before listening again; twice as long each time, up to
/// [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(30);

/// Keep the head of `database` at the end of the log, for ever. PostgreSQL
/// tells when the log grew; a look at it once a second catches what was not
/// heard, and is all there is on SQLite.
pub async fn follow(database: Database) {
    tokio::join!(poll(&database), hear(&database));
}

async fn poll(database: &Database) {
    let mut seconds = interval(POLL);
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut followed = true;
    loop {
        seconds.tick().await;
        let looked = look(database).await;
        // Told once, not every second.
        match &looked {
            Err(fault) if followed => {
                tracing::warn!("the change log can't be followed: {}", line(fault));
            }
            Ok(()) if !followed => tracing::info!("the change log is followed again"),
            _ => {}
        }
        followed = looked.is_ok();
        let is_gone = looked.is_err_and(|fault| is_unavailable(&fault));
        database.note_whether_it_answers(!is_gone);
    }
}

/// Listen, and listen again when the connection is lost.
async fn hear(database: &Database) {
    let mut pause = SHORTEST;
    loop {
        match store::listen(database).await {
            Ok(None) => return,
            Ok(Some(listener)) => {
                let began = Instant::now();
                let Err(fault) = listen_to(database, listener).await;
                // One that ends at once is no better than none.
                if began.elapsed() > LONGEST {
                    pause = SHORTEST;
                }
                tracing::info!("listening to the change log again: {}", line(&fault));
            }
            Err(fault) => {
                tracing::warn!("can't listen to the change log: {}", line(&fault));
            }
        }
        sleep(pause).await;
        pause = (2 * pause).min(LONGEST);
    }
}

async fn listen_to(
    database: &Database,
    mut listener: Listener,
) -> Result<std::convert::Infallible, DbErr> {
    loop {
        // Also before the first: it may have grown until now.
        look(database).await?;
        listener.heard().await?;
    }
}

/// See how far the log is.
async fn look(database: &Database) -> Result<(), DbErr> {
    let position = store::position(database.reader()).await?;
    database.head().advance(position);
    Ok(())
}
