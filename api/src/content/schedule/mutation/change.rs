//! What the mutations of schedules do.

use chrono::{DateTime, Months, Utc};
use masthead_entities::schedule::{ActiveModel, State};
use sea_orm::Set;

use super::input::ScheduleCreateInput;
use crate::access::Operation;
use crate::content::language::Translated;
use crate::content::schedule::firing::note;
use crate::content::schedule::local_time::{moment, zone};
use crate::content::schedule::store;
use crate::content::writing::{Writing, check_facts};
use crate::graphql::id::decode_as;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// How far ahead a schedule may be: ten years. A year that was mistyped is told.
const FARTHEST: Months = Months::new(120);

/// What a schedule is of: the key of an issue, or of words of an article.
enum Target {
    Issue(i64),
    Words(i64),
}

/// Make a schedule. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &ScheduleCreateInput,
) -> Result<i64, Refused> {
    let operation = Operation::ScheduleCreate;
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, operation, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    let target = target(writing, input).await?;
    let due_at = due_at(writing, input).await?;
    let (issue_id, translation_id) = match target {
        Target::Issue(id) => (Some(id), None),
        Target::Words(id) => (None, Some(id)),
    };
    let row = ActiveModel {
        act: Set(input.act.into()),
        issue_id: Set(issue_id),
        translation_id: Set(translation_id),
        local_at: Set(input.at.to_string()),
        due_at: Set(due_at),
        made_at: Set(writing.now()),
        made_by: Set(writing.actor().name.clone()),
        key_id: Set(writing.actor().key_id),
        state: Set(State::Pending),
        ..Default::default()
    };
    let id = store::insert(writing.tx(), row).await?;
    writing.keep(once, id).await?;
    if let Some(row) = store::find(writing.tx(), id).await? {
        note(writing, operation.as_str(), &row, None).await?;
    }
    Ok(id)
}

/// Cancel a schedule that is to come. One that is cancelled stays so.
pub(super) async fn cancel(writing: &mut Writing, id: i64) -> Result<(), Refused> {
    let Some(row) = store::find(writing.tx(), id).await? else {
        let message = "there is no such schedule";
        return Err(UserError::new(UserErrorCode::NotFound, "id", message).into());
    };
    let message = match row.state {
        State::Cancelled => return Ok(()),
        State::Pending => None,
        State::Done => Some("it is done already"),
        State::Failed => Some("it was tried already, and failed"),
    };
    if let Some(message) = message {
        return Err(UserError::new(UserErrorCode::WrongState, "id", message).into());
    }
    let cancelled = (State::Cancelled, writing.now());
    store::end(writing.tx(), id, cancelled, None).await?;
    note(writing, Operation::ScheduleCancel.as_str(), &row, None).await
}

/// What the input names, if it is there.
async fn target(writing: &Writing, input: &ScheduleCreateInput) -> Result<Target, Refused> {
    let tx = writing.tx();
    match (&input.issue, &input.article, &input.locale) {
        (Some(issue), None, None) => {
            let id = decode_as(issue, "Issue")?;
            check_facts(tx, Translated::Issue, ("issue", id), None).await?;
            Ok(Target::Issue(id))
        }
        (None, Some(article), Some(locale)) => {
            let id = decode_as(article, "Article")?;
            let words = store::words_of(tx, id, &locale.0).await?;
            words.map(Target::Words).ok_or_else(|| {
                let message = format!("there is no such article with words in \"{}\"", locale.0);
                UserError::new(UserErrorCode::NotFound, "article", message).into()
            })
        }
        (Some(_), Some(_), _) => Err(unfit("article", "is named with an issue; name one of them")),
        (Some(_), None, Some(_)) => {
            let message = "goes with an article; an issue is published in all of its locales";
            Err(unfit("locale", message))
        }
        (None, Some(_), None) => {
            let message = "is missing: the words of an article are published one locale at a time";
            Err(unfit("locale", message))
        }
        (None, None, _) => {
            let message = "it names neither an issue nor an article";
            Err(UserError::overall(UserErrorCode::Invalid, message).into())
        }
    }
}

/// The moment that is meant.
async fn due_at(writing: &Writing, input: &ScheduleCreateInput) -> Result<DateTime<Utc>, Refused> {
    let zone = zone(writing.tx()).await?.unwrap_or_default();
    let due_at = moment(zone, input.at.0);
    let now = writing.now();
    if due_at < now {
        let here = now.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S");
        let message = format!("is past: in {zone} it is {here}; do it at once instead");
        return Err(unfit("at", message));
    }
    if now
        .checked_add_months(FARTHEST)
        .is_some_and(|end| due_at > end)
    {
        return Err(unfit("at", "is more than ten years ahead"));
    }
    Ok(due_at)
}

fn unfit(field: &str, message: impl Into<String>) -> Refused {
    UserError::new(UserErrorCode::Invalid, field, message).into()
}
