//! Making an issue public, with what is ready of it, and taking it back.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::access::Operation;
use crate::audit::Deed;
use crate::content::article::{publish_ready, refresh_public_at, withdraw_issue};
use crate::content::issue::store::write;
use crate::content::language::Translated;
use crate::content::writing::{Facts, Writing, check_facts, update_thing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Words of an article: its id, and the locale.
pub type Place = (i64, String);

/// Make an issue public, with all translations of its articles that are ready:
/// approved, or published in their state already. `at` is the time that it is
/// dated, now or before; without one, now. With `expected`, at the version that
/// the writer read.
///
/// Of an issue that is public, it makes public what became ready since, dated
/// now; where nothing did, nothing is written. The answer is what readers see
/// from now on and did not before.
///
/// # Errors
/// If there is no such issue, it was written since, `at` is to come, or nothing
/// of an issue that is not public is ready.
pub async fn publish_issue(
    writing: &mut Writing,
    issue: i64,
    expected: Option<i32>,
    at: Option<DateTime<Utc>>,
) -> Result<Vec<Place>, Refused> {
    let operation = Operation::IssuePublish;
    let at = at.unwrap_or(writing.now());
    if at > writing.now() {
        let message = "is to come: schedule the publication instead";
        return Err(UserError::new(UserErrorCode::Invalid, "publishedAt", message).into());
    }
    let facts = check_facts(writing.tx(), Translated::Issue, ("issue", issue), expected).await?;
    let is_new = write::published_at(writing.tx(), issue).await?.is_none();
    let seen: HashSet<Place> = write::public(writing.tx(), issue)
        .await?
        .into_iter()
        .collect();
    publish_ready(writing, operation, issue).await?;
    if is_new {
        set_published_at(writing, operation, &facts, Some(at)).await?;
        refresh_public_at(writing.tx(), &[issue]).await?;
    }
    let mut public = write::public(writing.tx(), issue).await?;
    if is_new && public.is_empty() {
        let message = "nothing of it is ready: no translation of an article in it is approved";
        return Err(UserError::new(UserErrorCode::WrongState, "issue", message).into());
    }
    public.retain(|place| !seen.contains(place));
    Ok(public)
}

/// Take an issue back, with all that is in it. How far its translations have
/// come stays. With `expected`, at the version that the writer read. The answer
/// is what readers saw.
///
/// # Errors
/// If there is no such issue, it was written since, or is not public.
pub async fn unpublish_issue(
    writing: &mut Writing,
    issue: i64,
    expected: Option<i32>,
) -> Result<Vec<Place>, Refused> {
    let operation = Operation::IssueUnpublish;
    let facts = check_facts(writing.tx(), Translated::Issue, ("issue", issue), expected).await?;
    if write::published_at(writing.tx(), issue).await?.is_none() {
        let message = "it is not published";
        return Err(UserError::new(UserErrorCode::WrongState, "issue", message).into());
    }
    set_published_at(writing, operation, &facts, None).await?;
    withdraw_issue(writing, operation, issue).await
}

async fn set_published_at(
    writing: &mut Writing,
    operation: Operation,
    facts: &Facts,
    at: Option<DateTime<Utc>>,
) -> Result<(), Refused> {
    let published_at = vec![("published_at", at.into())];
    update_thing(writing.tx(), Translated::Issue, facts.id, published_at).await?;
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((Translated::Issue.type_name(), facts.id)),
        name: Some(facts.name.clone()),
        from_version: Some(facts.version),
        to_version: Some(facts.version + 1),
        ..Deed::default()
    });
    writing.touch(Translated::Issue, facts.id);
    Ok(())
}
