//! What the mutations of issues do to their words.

use async_graphql::MaybeUndefined;

use super::change::titled;
use super::input::{
    IssueTranslationCreateInput, IssueTranslationDeleteInput, IssueTranslationRestoreInput,
    IssueTranslationUpdateInput,
};
use crate::access::Operation;
use crate::content::value::MAX_TITLE;
use crate::content::writing::words::ISSUES;
use crate::content::writing::{self, Input, Writing};
use crate::graphql::user_error::Refused;

/// Give an issue words in another locale.
pub(super) async fn add(
    writing: &mut Writing,
    id: i64,
    input: &IssueTranslationCreateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("title", input.title.as_deref(), MAX_TITLE);
    checks.end()?;
    let words = (&input.locale, titled(input.title.clone()));
    let operation = Operation::IssueTranslationCreate;
    writing::add_words(writing, operation, &ISSUES, id, words).await
}

/// Change words of an issue.
pub(super) async fn change(
    writing: &mut Writing,
    id: i64,
    input: &IssueTranslationUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    let title = match &input.title {
        MaybeUndefined::Value(title) => Some(title.as_str()),
        MaybeUndefined::Null | MaybeUndefined::Undefined => None,
    };
    checks.words("title", title, MAX_TITLE);
    checks.end()?;
    let operation = Operation::IssueTranslationUpdate;
    let read = (id, &input.locale, input.expected_version);
    writing::change_words(writing, operation, &ISSUES, read, |words| {
        if !input.title.is_undefined() {
            words.heading = title.map(str::to_owned);
        }
    })
    .await
}

/// Let words of an issue read as they did.
pub(super) async fn restore(
    writing: &mut Writing,
    id: i64,
    input: &IssueTranslationRestoreInput,
) -> Result<(), Refused> {
    let operation = Operation::IssueTranslationRestore;
    let read = (id, &input.locale, input.expected_version);
    writing::restore_words(writing, operation, &ISSUES, read, input.version).await
}

/// Remove words of an issue.
pub(super) async fn remove(
    writing: &mut Writing,
    id: i64,
    input: &IssueTranslationDeleteInput,
) -> Result<(), Refused> {
    let operation = Operation::IssueTranslationDelete;
    let read = (id, &input.locale, input.expected_version);
    writing::remove_words(writing, operation, &ISSUES, read).await
}
