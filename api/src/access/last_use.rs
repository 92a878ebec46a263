//! When each key was last used: remembered at once, written now and then, so
//! that no request waits for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use tokio::time::sleep;

use super::store::write_last_use;
use crate::database::Database;
use crate::error::line;

/// The last uses that are not written yet, by key. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct LastUses(Arc<Mutex<BTreeMap<i64, DateTime<Utc>>>>);

/// How often they are written.
const EVERY: Duration = Duration::from_secs(60);

impl LastUses {
    /// Remember that a key was used.
    pub fn note(&self, key: i64, at: DateTime<Utc>) {
        let mut uses = self.remembered();
        let last = uses.entry(key).or_insert(at);
        *last = at.max(*last);
    }

    /// Write what is remembered. It is remembered until it is written, also if
    /// this is dropped halfway.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write(&self, database: &Database) -> Result<(), DbErr> {
        let uses = self.remembered().clone();
        if uses.is_empty() {
            return Ok(());
        }
        write_all(database, &uses).await?;
        // What was used again meanwhile is for the next time.
        self.remembered()
            .retain(|key, at| uses.get(key) != Some(at));
        Ok(())
    }

    /// The same, with a line of the log where it can't be done.
    pub async fn try_write(&self, database: &Database) {
        if let Err(error) = self.write(database).await {
            let error = line(&error);
            tracing::warn!("when keys were last used can't be written yet: {error}");
        }
    }

    /// Write once a minute, for ever.
    pub async fn keep_writing(self, database: Database) {
        loop {
            sleep(EVERY).await;
            self.try_write(&database).await;
        }
    }

    fn remembered(&self) -> MutexGuard<'_, BTreeMap<i64, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write_all(database: &Database, uses: &BTreeMap<i64, DateTime<Utc>>) -> Result<(), DbErr> {
    let _turn = database.turn().await?;
    for (key, at) in uses {
        write_last_use(database, *key, *at).await?;
    }
    Ok(())
}
