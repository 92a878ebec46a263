//! Making an issue public, with what is ready of it, and taking it back.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::change::note;
use super::input::{IssuePublishInput, IssueUnpublishInput};
use crate::access::Operation;
use crate::content::issue::store::{ready, write};
use crate::content::language::Translated;
use crate::content::writing::{Facts, Writing, check_facts, update_thing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Words of an article: whose, and in which locale.
pub(super) type Spoken = (i64, String);

/// Make an issue public, with all of its translations that are ready. Of one
/// that is public already, what became ready since. The answer is what readers
/// see from now on and did not before.
pub(super) async fn publish(
    writing: &mut Writing,
    id: i64,
    input: &IssuePublishInput,
) -> Result<Vec<Spoken>, Refused> {
    let at = time(writing, input)?;
    let facts = checked(writing, id, input.expected_version).await?;
    let before = write::published_at(writing.tx(), id).await?;
    let seen: HashSet<Spoken> = ready::public(writing.tx(), id).await?.into_iter().collect();
    if before.is_none() {
        let published_at = vec![("published_at", at.into())];
        update_thing(writing.tx(), Translated::Issue, id, published_at).await?;
        let versions = (Some(facts.version), Some(facts.version + 1));
        note(writing, Operation::IssuePublish, &facts, versions);
    }
    ready::publish_ready(writing, id).await?;
    let mut public = ready::public(writing.tx(), id).await?;
    if public.is_empty() && before.is_none() {
        let message = "nothing of it is ready: no translation of an article in it is approved";
        return Err(UserError::new(UserErrorCode::WrongState, "issue", message).into());
    }
    public.retain(|spoken| !seen.contains(spoken));
    Ok(public)
}

/// Take an issue back, with all that is in it. How far the translations have
/// come stays.
pub(super) async fn unpublish(
    writing: &mut Writing,
    id: i64,
    input: &IssueUnpublishInput,
) -> Result<(), Refused> {
    let facts = checked(writing, id, input.expected_version).await?;
    if write::published_at(writing.tx(), id).await?.is_none() {
        let message = "it is not published";
        return Err(UserError::new(UserErrorCode::WrongState, "issue", message).into());
    }
    let none: Option<DateTime<Utc>> = None;
    let published_at = vec![("published_at", none.into())];
    update_thing(writing.tx(), Translated::Issue, id, published_at).await?;
    ready::withdraw_issue(writing, id).await?;
    let versions = (Some(facts.version), Some(facts.version + 1));
    note(writing, Operation::IssueUnpublish, &facts, versions);
    Ok(())
}

/// The time that the issue is to be dated, which is not to come.
fn time(writing: &Writing, input: &IssuePublishInput) -> Result<DateTime<Utc>, Refused> {
    let now = writing.now();
    let at = input.published_at.map_or(now, |moment| moment.0);
    if at <= now {
        return Ok(at);
    }
    let message = "is to come: schedule the publication instead";
    Err(UserError::new(UserErrorCode::Invalid, "publishedAt", message).into())
}

async fn checked(writing: &Writing, id: i64, expected: i32) -> Result<Facts, Refused> {
    let issue = ("issue", id);
    check_facts(writing.tx(), Translated::Issue, issue, Some(expected)).await
}
