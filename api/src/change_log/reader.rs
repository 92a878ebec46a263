//! Readers of the log that are known by name, and go on where they were.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{Entry, Position, store};
use crate::database::Database;

/// A reader with a saved position.
///
/// It gets each entry at least once, in order: whoever ends between dealing with
/// entries and saving gets them again, and so has to be idempotent. Nothing
/// that it has not dealt with is ever compacted away.
#[derive(Clone, Debug)]
pub struct Reader {
    database: Database,
    name: String,
    position: Position,
}

impl Reader {
    /// The reader of this name. One that is new begins before the first entry:
    /// all that is visible becomes known to it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn from_start(
        database: &Database,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        Self::known(database, name, Position::START, now).await
    }

    /// The reader of this name. One that is new begins after the newest entry:
    /// what was there before is no news.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn from_now(
        database: &Database,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let newest = store::position(database.writer()).await?;
        Self::known(database, name, newest, now).await
    }

    async fn known(
        database: &Database,
        name: &str,
        new: Position,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let position = store::register(database, name, new, now).await?;
        Ok(Self {
            database: database.clone(),
            name: name.to_owned(),
            position,
        })
    }

    /// The last position that it saved.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// At most `limit` entries after the position that was saved; the same
    /// again until another is.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn next(&self, limit: u64) -> Result<Vec<Entry>, DbErr> {
        store::read(self.database.reader(), self.position, limit).await
    }

    /// The same, once there is any.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn wait(&self, limit: u64) -> Result<Vec<Entry>, DbErr> {
        self.database.head().after(self.position).await;
        self.next(limit).await
    }

    /// Everything up to `position` is dealt with.
    ///
    /// # Errors
    /// If the database can't take it: then it is dealt with again.
    pub async fn save(&mut self, position: Position, now: DateTime<Utc>) -> Result<(), DbErr> {
        store::save(&self.database, &self.name, position, now).await?;
        self.position = position.max(self.position);
        Ok(())
    }

    /// It reads no more: nothing is kept for it from now on.
    ///
    /// # Errors
    /// If the database can't forget it.
    pub async fn forget(self) -> Result<(), DbErr> {
        store::forget(self.database.writer(), &self.name).await
    }
}
