//! Writing: every change of content is one transaction that no other shares.
//!
//! Mutations, imports, schedules and commands all write through [`Writing`]. It
//! holds who writes and when, gathers what was touched, and on its commit tells
//! the change log and the audit log in the same transaction. Dropped, it leaves
//! nothing behind.

mod store;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::change_log::Head;
use crate::content::language::Translated;
use crate::content::visibility::{self, Touched};
use crate::database::{Database, Turn};

pub use store::{Patience, begin_alone};

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the API key, or [`Actor::COMMAND_LINE`].
    pub name: String,
    /// The API key; `None` on the command line.
    pub key_id: Option<i64>,
}

impl Actor {
    /// The name of whoever runs commands. No API key has it.
    pub const COMMAND_LINE: &str = "command line";

    /// Whoever runs a command on the server's machine.
    #[must_use]
    pub fn command_line() -> Self {
        Self {
            name: Self::COMMAND_LINE.to_owned(),
            key_id: None,
        }
    }
}

/// A change of content under way.
#[derive(Debug)]
pub struct Writing {
    tx: DatabaseTransaction,
    actor: Actor,
    now: DateTime<Utc>,
    touched: Touched,
    head: Head,
    _turn: Turn,
}

impl Writing {
    /// Begin to write, once nothing else does, in any process.
    ///
    /// # Errors
    /// If the database does not answer, or another writer does not end in time.
    pub async fn begin(
        database: &Database,
        actor: Actor,
        now: DateTime<Utc>,
        patience: Patience,
    ) -> Result<Self, DbErr> {
        let (tx, turn) = begin_alone(database, patience).await?;
        Ok(Self {
            tx,
            actor,
            now,
            touched: Touched::default(),
            head: database.head().clone(),
            _turn: turn,
        })
    }

    /// The transaction, to write with.
    #[must_use]
    pub const fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// When it is written, for every time that is stored.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who writes.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// A thing was written, made or removed: its facts, or its words in any
    /// locale. What nobody touches is not told to the change log.
    pub fn touch(&mut self, what: Translated, id: i64) {
        self.touched.one(what, id);
    }

    /// The publication was written, or the locales that it publishes in.
    pub fn touch_publication(&mut self) {
        self.touched.publication();
    }

    /// All of this was written, made or removed.
    pub fn touch_all(&mut self, touched: Touched) {
        self.touched.extend(touched);
    }

    /// Make it so, and tell the change log what readers see differently. Those
    /// who wait for that in this process go on at once.
    ///
    /// # Errors
    /// If the database can't: then nothing was written.
    pub async fn commit(self) -> Result<(), DbErr> {
        let position = visibility::settle(&self.tx, self.touched, self.now).await?;
        self.tx.commit().await?;
        if let Some(position) = position {
            self.head.advance(position);
        }
        Ok(())
    }

    /// Leave everything as it was.
    pub async fn abandon(self) {
        // What could not be rolled back was not committed either.
        drop(self.tx.rollback().await);
    }
}
