//! Writing: every change of content is one transaction that no other shares.
//!
//! Mutations, imports, schedules and commands all write through [`Writing`]. It
//! holds who writes and when, gathers what was done, and on its commit tells
//! the change log and the audit log in the same transaction. Dropped, it leaves
//! nothing behind.

mod input;
mod named;
mod store;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::access::{Caller, Operation};
use crate::audit::{self, Actor, Deed};
use crate::change_log::Head;
use crate::clock::Clock;
use crate::content::language::Translated;
use crate::content::visibility::{self, Touched};
use crate::database::{Database, Turn, Writes};
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::user_error::{Refused, UserError};

pub use input::{Input, MAX_LIST};
pub use named::{add_words, change_words, no_such_version, remove_words, restore_words};
pub use store::facts::{
    Facts, check_facts, check_slug, facts, insert_thing, locales, remove_thing, update_thing,
};
pub use store::once::Once;
pub use store::{Patience, begin_alone, words};

/// A change of content under way.
#[derive(Debug)]
pub struct Writing {
    tx: DatabaseTransaction,
    actor: Actor,
    now: DateTime<Utc>,
    deeds: Vec<Deed>,
    touched: Touched,
    head: Head,
    writes: Writes,
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
        clock: &Clock,
        patience: Patience,
    ) -> Result<Self, DbErr> {
        let (tx, turn) = begin_alone(database, patience).await?;
        Ok(Self {
            tx,
            actor,
            // Only now: the wait may have been long.
            now: clock.now(),
            deeds: Vec::new(),
            touched: Touched::default(),
            head: database.head().clone(),
            writes: database.writes().clone(),
            _turn: turn,
        })
    }

    /// Begin what `operation` does, in `locale` if it is done in one, for
    /// whoever makes the request.
    ///
    /// # Errors
    /// If the caller may not: then nothing was looked up. If the database does
    /// not answer, or another writer does not end in time.
    pub async fn begin_as_caller(
        ctx: &Context<'_>,
        operation: Operation,
        locale: Option<&str>,
    ) -> Result<Self, Error> {
        ctx.caller().may(operation, locale)?;
        let Some(actor) = actor(ctx.caller()) else {
            return Err(Error::Unauthenticated(operation));
        };
        let app = &ctx.request().app;
        Ok(Self::begin(&app.database, actor, &app.clock, Patience::Short).await?)
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

    /// Note what was done, for the audit log.
    pub fn note(&mut self, deed: Deed) {
        self.deeds.push(deed);
    }

    /// The facts of a thing were written, made or removed: touch it, and note
    /// from which version to which.
    pub fn note_facts(
        &mut self,
        operation: Operation,
        what: Translated,
        facts: &Facts,
        (from_version, to_version): (Option<i32>, Option<i32>),
    ) {
        self.note(Deed {
            operation: operation.as_str(),
            thing: Some((what.type_name(), facts.id)),
            name: Some(facts.name.clone()),
            from_version,
            to_version,
            ..Deed::default()
        });
        self.touch(what, facts.id);
    }

    /// Make it so, and tell the change log what readers see differently. Those
    /// who wait for that in this process go on at once.
    ///
    /// Once begun it is ended, though the request that waits for it be given
    /// up: nobody is left in doubt half way.
    ///
    /// # Errors
    /// If the database can't: then nothing was written, unless the connection
    /// was lost while it answered.
    pub async fn commit(self) -> Result<(), DbErr> {
        let ended = tokio::spawn(self.conclude()).await;
        ended.map_err(|_| DbErr::Custom("the commit was broken off".to_owned()))?
    }

    async fn conclude(self) -> Result<(), DbErr> {
        audit::append(&self.tx, &self.actor, self.now, self.deeds).await?;
        let position = visibility::settle(&self.tx, self.touched, self.now).await?;
        self.tx.commit().await?;
        if let Some(position) = position {
            self.head.advance(position);
        }
        self.writes.tell();
        Ok(())
    }

    /// Leave everything as it was.
    pub async fn abandon(self) {
        // What could not be rolled back was not committed either.
        drop(self.tx.rollback().await);
    }

    /// Commit what was done, or leave everything as it was where that was
    /// refused. The answer is what was done, or what the writer got wrong.
    ///
    /// # Errors
    /// If there was a fault, or the database can't commit.
    pub async fn end<T>(
        self,
        outcome: Result<T, Refused>,
    ) -> Result<Result<T, Vec<UserError>>, Error> {
        match outcome {
            Ok(done) => {
                self.commit().await?;
                Ok(Ok(done))
            }
            Err(Refused::User(errors)) => {
                self.abandon().await;
                Ok(Err(errors))
            }
            Err(Refused::Fault(fault)) => {
                self.abandon().await;
                Err(fault)
            }
        }
    }
}

/// Who a caller is for the audit log; `None` without a key.
fn actor(caller: &Caller) -> Option<Actor> {
    caller.key().map(|key| Actor {
        name: key.name.clone(),
        key_id: Some(key.id),
    })
}
