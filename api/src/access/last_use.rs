//! When each key was last used: remembered at once, written now and then, so
//! that no request waits for it.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use tokio::time::timeout;

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
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = uses.entry(key).or_insert(at);
        *last = at.max(*last);
    }

    /// Write what is remembered. What can't be written stays remembered.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write(&self, database: &Database) -> Result<(), DbErr> {
        let uses = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if uses.is_empty() {
            return Ok(());
        }
        let written = write_all(database, &uses).await;
        if written.is_err() {
            for (key, at) in uses {
                self.note(key, at);
            }
        }
        written
    }

    /// Write once a minute until `end`, and then once more.
    pub async fn keep_writing(self, database: Database, end: impl Future) {
        let mut end = pin!(end);
        while timeout(EVERY, &mut end).await.is_err() {
            self.write_or_log(&database).await;
        }
        self.write_or_log(&database).await;
    }

    async fn write_or_log(&self, database: &Database) {
        if let Err(error) = self.write(database).await {
            let error = line(&error);
            tracing::warn!("when keys were last used can't be written yet: {error}");
        }
    }
}

async fn write_all(database: &Database, uses: &BTreeMap<i64, DateTime<Utc>>) -> Result<(), DbErr> {
    let _turn = database.turn().await?;
    for (key, at) in uses {
        write_last_use(database, *key, *at).await?;
    }
    Ok(())
}
