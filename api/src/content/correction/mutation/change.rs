//! What the mutations of corrections do.

use chrono::{DateTime, Utc};
use masthead_entities::article_correction::{ActiveModel, Model};
use sea_orm::Set;

use super::input::{CorrectionCreateInput, CorrectionUpdateInput};
use crate::access::Operation;
use crate::audit::Deed;
use crate::content::correction::object::{Correction, MOST};
use crate::content::correction::store::{self, Words};
use crate::content::language::Translated;
use crate::content::value::MAX_LEAD;
use crate::content::writing::{Input, Writing, facts};
use crate::graphql::id::decode_as;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

/// Add a correction. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &CorrectionCreateInput,
) -> Result<i64, Refused> {
    let operation = Operation::CorrectionCreate;
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, operation, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    let at = input.at.map_or(writing.now(), |moment| moment.0);
    check(writing, Some(&input.text), Some(at))?;
    let words = words(writing, input).await?;
    let row = ActiveModel {
        translation_id: Set(words.id),
        corrected_at: Set(at),
        text: Set(input.text.clone()),
        version: Set(1),
        written_by: Set(writing.actor().name.clone()),
        ..Default::default()
    };
    let id = store::insert(writing.tx(), row).await?;
    writing.keep(once, id).await?;
    note(writing, operation, (id, &words), (None, Some(1))).await?;
    Ok(id)
}

/// Change a correction; with nothing to change, nothing is written.
pub(super) async fn update(
    writing: &mut Writing,
    id: i64,
    input: &CorrectionUpdateInput,
) -> Result<(), Refused> {
    let at = input.at.map(|moment| moment.0);
    check(writing, input.text.as_deref(), at)?;
    let (before, words) = read(writing, id, input.expected_version).await?;
    let mut after = before.clone();
    if let Some(text) = &input.text {
        after.text.clone_from(text);
    }
    if let Some(at) = at {
        after.corrected_at = at;
    }
    if after == before {
        return Ok(());
    }
    after.version += 1;
    after.written_by.clone_from(&writing.actor().name);
    let versions = (Some(before.version), Some(after.version));
    store::update(writing.tx(), after).await?;
    note(writing, Operation::CorrectionUpdate, (id, &words), versions).await
}

/// Remove a correction.
pub(super) async fn delete(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
) -> Result<(), Refused> {
    let (before, words) = read(writing, id, expected_version).await?;
    store::remove(writing.tx(), id).await?;
    let versions = (Some(before.version), None);
    note(writing, Operation::CorrectionDelete, (id, &words), versions).await
}

/// That a correction can be like this.
fn check(writing: &Writing, text: Option<&str>, at: Option<DateTime<Utc>>) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("text", text, MAX_LEAD);
    if at.is_some_and(|at| at > writing.now()) {
        let message = "is to come; an article is corrected now, or was before";
        checks.wrong(UserError::new(UserErrorCode::Invalid, "at", message));
    }
    checks.end()
}

/// The words that are to be corrected, at the version that the writer read.
async fn words(writing: &Writing, input: &CorrectionCreateInput) -> Result<Words, Refused> {
    let article = decode_as(&input.article, "Article")?;
    let locale = &input.locale.0;
    let Some(words) = store::words_in(writing.tx(), article, locale).await? else {
        let message = format!("there is no such article with words in \"{locale}\"");
        return Err(UserError::new(UserErrorCode::NotFound, "article", message).into());
    };
    check_version(input.expected_version, words.version)?;
    if words.public_at.is_none() {
        let message = "readers don't see it: there is nothing to correct but its text";
        return Err(UserError::new(UserErrorCode::WrongState, "locale", message).into());
    }
    if store::count(writing.tx(), words.id).await? >= MOST {
        let message = format!("it has {MOST} corrections, which is the most");
        return Err(UserError::new(UserErrorCode::WrongState, "locale", message).into());
    }
    Ok(words)
}

/// A correction at the version that the writer read, and the words that it is
/// of.
async fn read(writing: &Writing, id: i64, expected: i32) -> Result<(Model, Words), Refused> {
    let tx = writing.tx();
    let missing = || {
        let message = "there is no such correction";
        Refused::from(UserError::new(UserErrorCode::NotFound, "id", message))
    };
    let correction = store::find(tx, id).await?.ok_or_else(missing)?;
    let words = store::words_by_id(tx, correction.translation_id).await?;
    check_version(expected, correction.version)?;
    Ok((correction, words.ok_or_else(missing)?))
}

async fn note(
    writing: &mut Writing,
    operation: Operation,
    (id, words): (i64, &Words),
    (from_version, to_version): (Option<i32>, Option<i32>),
) -> Result<(), Refused> {
    let article = facts(writing.tx(), Translated::Article, words.article_id).await?;
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((Correction::TYPE, id)),
        name: article.map(|facts| facts.name),
        locale: Some(words.locale.clone()),
        from_version,
        to_version,
        note: None,
    });
    writing.touch(Translated::Article, words.article_id);
    Ok(())
}
