//! Doing what is due.

use chrono::{DateTime, Utc};
use masthead_entities::schedule::{Act, State};
use sea_orm::{ActiveEnum as _, DbErr};

use super::store::{self, Pending, Row};
use crate::access::Operation;
use crate::audit::Deed;
use crate::clock::Clock;
use crate::content::article::{publish_translation, unpublish_translation};
use crate::content::issue::{publish_issue, unpublish_issue};
use crate::content::language::Translated;
use crate::content::schedule::object::Schedule;
use crate::content::writing::{Patience, Writing, facts};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::user_error::{Refused, UserError};

/// What a run came to.
#[derive(Debug, Default)]
pub struct Run {
    /// How many schedules it did, or found that they can't be done.
    pub ended: u64,
    /// What kept it from doing others, by their keys: they are still to come.
    pub faults: Vec<(i64, Error)>,
    /// When the next is due; `None`: there is none.
    pub next: Option<DateTime<Utc>>,
}

/// What the audit log calls it when a schedule is done, or fails.
const FIRED: &str = "schedule";

/// Schedules that are read at once.
const BATCH: u64 = 100;

/// Do all that is due, however long it has been: the first due first, each in a
/// transaction with the mark that it is done. So it is done once, whoever else
/// runs the same, and wherever a run breaks off. What can't be done has failed
/// for good; what a fault kept back is done by a later run.
///
/// # Errors
/// If the database does not answer, or another writer does not end in time.
/// Then the rest is still to come.
pub async fn run_due(database: &Database, clock: &Clock) -> Result<Run, DbErr> {
    let mut run = Run::default();
    let mut after = None;
    loop {
        let pending = store::next(database, after, BATCH).await?;
        let Some(last) = pending.last() else {
            return Ok(run);
        };
        after = Some((last.due_at, last.id));
        for pending in pending {
            if pending.due_at > clock.now() {
                run.next = Some(pending.due_at);
                return Ok(run);
            }
            match fire(database, clock, &pending).await? {
                Fired::Ended => run.ended += 1,
                Fired::Elsewhere => {}
                Fired::Faulted(fault) => run.faults.push((pending.id, fault)),
            }
        }
    }
}

/// What became of a schedule that looked due.
enum Fired {
    Ended,
    /// It was dealt with meanwhile, or is due later, or is gone.
    Elsewhere,
    Faulted(Error),
}

async fn fire(database: &Database, clock: &Clock, pending: &Pending) -> Result<Fired, DbErr> {
    let mut writing = begin(database, clock, pending).await?;
    let row = match due(&writing, pending.id).await {
        Ok(Some(row)) => row,
        Ok(None) => {
            writing.abandon().await;
            return Ok(Fired::Elsewhere);
        }
        Err(fault) => return Ok(Fired::Faulted(fault.into())),
    };
    let fault = match done(&mut writing, &row).await {
        Ok(()) => match writing.commit().await {
            Ok(()) => {
                tracing::info!(schedule.id = row.id, "did the schedule {}", row.id);
                return Ok(Fired::Ended);
            }
            Err(fault) => fault.into(),
        },
        Err(Refused::User(errors)) => {
            // Nothing of what was tried stays.
            writing.abandon().await;
            return fail(database, clock, pending, errors).await;
        }
        Err(Refused::Fault(fault)) => {
            writing.abandon().await;
            fault
        }
    };
    Ok(Fired::Faulted(fault))
}

/// Do what a schedule says, and mark it.
async fn done(writing: &mut Writing, row: &Row) -> Result<(), Refused> {
    act(writing, row).await?;
    let done = (State::Done, writing.now());
    store::end(writing.tx(), row.id, done, None).await?;
    note(writing, FIRED, row, None).await
}

/// As the mutation does it, at whatever version it has come to.
async fn act(writing: &mut Writing, row: &Row) -> Result<(), Refused> {
    if let Some(issue) = row.issue_id {
        return match row.act {
            Act::Publish => publish_issue(writing, issue, None, None).await.map(drop),
            Act::Unpublish => unpublish_issue(writing, issue, None).await.map(drop),
        };
    }
    let Some((article, locale)) = row.article_id.zip(row.locale.as_deref()) else {
        return Ok(());
    };
    let which = (article, locale);
    match row.act {
        Act::Publish => {
            let operation = Operation::ArticleTranslationPublish;
            publish_translation(writing, operation, which, None).await
        }
        Act::Unpublish => {
            let operation = Operation::ArticleTranslationUnpublish;
            unpublish_translation(writing, operation, which, None).await
        }
    }
}

/// Mark that it can't be done, unless it was dealt with meanwhile.
async fn fail(
    database: &Database,
    clock: &Clock,
    pending: &Pending,
    errors: Vec<UserError>,
) -> Result<Fired, DbErr> {
    let mut writing = begin(database, clock, pending).await?;
    let failed = failed(&mut writing, pending.id, errors).await;
    match failed {
        Ok(true) => writing.commit().await.map(|()| Fired::Ended),
        Ok(false) => {
            writing.abandon().await;
            Ok(Fired::Elsewhere)
        }
        Err(Refused::Fault(fault)) => Ok(Fired::Faulted(fault)),
        // Nothing is asked of it that could be refused.
        Err(Refused::User(_)) => Ok(Fired::Elsewhere),
    }
}

async fn failed(writing: &mut Writing, id: i64, errors: Vec<UserError>) -> Result<bool, Refused> {
    let Some(row) = due(writing, id).await? else {
        return Ok(false);
    };
    let why = errors.first().map(UserError::what);
    let why = why.map(|(code, message)| (code.as_str().to_owned(), message.to_owned()));
    let why = why.unwrap_or_default();
    tracing::warn!(
        schedule.id = id,
        "the schedule {id} can't be done: {}",
        why.1
    );
    let note_text = format!("failed: {}", why.1);
    let failed = (State::Failed, writing.now());
    store::end(writing.tx(), id, failed, Some(why)).await?;
    note(writing, FIRED, &row, Some(&note_text)).await?;
    Ok(true)
}

/// Begin to write as whoever made the schedule.
async fn begin(database: &Database, clock: &Clock, pending: &Pending) -> Result<Writing, DbErr> {
    Writing::begin(
        database,
        pending.actor.clone(),
        clock.now(),
        Patience::Short,
    )
    .await
}

/// The schedule, if it is still to be done by now.
async fn due(writing: &Writing, id: i64) -> Result<Option<Row>, DbErr> {
    let row = store::find(writing.tx(), id).await?;
    let is_due = |row: &Row| row.state == State::Pending && row.due_at <= writing.now();
    Ok(row.filter(is_due))
}

/// Note what was done with a schedule, for the audit log.
pub(super) async fn note(
    writing: &mut Writing,
    operation: &'static str,
    row: &Row,
    what: Option<&str>,
) -> Result<(), Refused> {
    let of = match (row.issue_id, row.article_id) {
        (Some(issue), _) => facts(writing.tx(), Translated::Issue, issue).await?,
        (None, Some(article)) => facts(writing.tx(), Translated::Article, article).await?,
        (None, None) => None,
    };
    let mut note = format!("{} at {}", row.act.to_value(), row.local_at);
    if let Some(what) = what {
        note = format!("{note} {what}");
    }
    writing.note(Deed {
        operation,
        thing: Some((Schedule::TYPE, row.id)),
        name: of.map(|facts| facts.name),
        locale: row.locale.clone(),
        note: Some(note),
        ..Deed::default()
    });
    Ok(())
}
