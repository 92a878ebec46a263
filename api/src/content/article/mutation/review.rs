//! What becomes of words between their writing and their publication.

use masthead_entities::article_translation::{Model, State};

use crate::access::Operation;
use crate::content::article::store::Owner;
use crate::content::article::writing::{Words, read_translation, write_translation, wrong_state};
use crate::content::writing::{Input, Writing};
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::Refused;

/// Characters of a note, at most.
const MAX_NOTE: usize = 1_000;

/// Hand a draft to the editors.
pub(super) async fn submit(
    writing: &mut Writing,
    (article, locale): (i64, &Locale),
    expected: i32,
) -> Result<(), Refused> {
    let (owner, before) = read(writing, (article, locale), expected).await?;
    match before.state {
        State::Draft => {}
        State::InReview => return Err(wrong_state("it is in review already")),
        State::Published => return Err(wrong_state("it is published already")),
    }
    let after = Words {
        state: State::InReview,
        ..Words::from(before.clone())
    };
    let operation = Operation::ArticleTranslationSubmit;
    write(writing, operation, &owner, (before, after), None).await
}

/// Let words that are in review be published.
pub(super) async fn approve(
    writing: &mut Writing,
    (article, locale): (i64, &Locale),
    expected: i32,
) -> Result<(), Refused> {
    let (owner, before) = read(writing, (article, locale), expected).await?;
    check_in_review(&before)?;
    if before.approved_at.is_some() {
        return Err(wrong_state("it is approved already"));
    }
    let after = Words {
        approved: Some((writing.now(), writing.actor().name.clone())),
        ..Words::from(before.clone())
    };
    let operation = Operation::ArticleTranslationApprove;
    write(writing, operation, &owner, (before, after), None).await
}

/// Make words that are in review a draft again.
pub(super) async fn send_back(
    writing: &mut Writing,
    (article, locale): (i64, &Locale),
    expected: i32,
    note: Option<String>,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.text("note", note.as_deref(), MAX_NOTE);
    checks.end()?;
    let (owner, before) = read(writing, (article, locale), expected).await?;
    check_in_review(&before)?;
    let after = Words {
        state: State::Draft,
        ..Words::from(before.clone())
    };
    let operation = Operation::ArticleTranslationSendBack;
    write(writing, operation, &owner, (before, after), note).await
}

fn check_in_review(words: &Model) -> Result<(), Refused> {
    match words.state {
        State::InReview => Ok(()),
        State::Draft => Err(wrong_state("it is a draft: it is to be submitted first")),
        State::Published => Err(wrong_state("it is published already")),
    }
}

async fn read(
    writing: &Writing,
    (article, locale): (i64, &Locale),
    expected: i32,
) -> Result<(Owner, Model), Refused> {
    read_translation(writing, (article, &locale.0), Some(expected)).await
}

async fn write(
    writing: &mut Writing,
    operation: Operation,
    owner: &Owner,
    (before, after): (Model, Words),
    note: Option<String>,
) -> Result<(), Refused> {
    let locale = before.locale.clone();
    let place = (owner, locale.as_str());
    write_translation(writing, operation, place, Some(before), after, note).await?;
    Ok(())
}
