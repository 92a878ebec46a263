//! Giving the words of an article the text back that they had.

use masthead_entities::article_translation::State;

use super::input::ArticleTranslationRestoreInput;
use crate::access::Operation;
use crate::content::article::writing::{Words, read_translation, write_translation, wrong_state};
use crate::content::language::Translated;
use crate::content::revision::kept_text;
use crate::content::writing::{Writing, no_such_version};
use crate::graphql::user_error::Refused;

/// Write the text of an earlier version again. `may_correct` says whether the
/// writer may change what is published.
pub(super) async fn restore(
    writing: &mut Writing,
    article: i64,
    input: &ArticleTranslationRestoreInput,
    may_correct: bool,
) -> Result<(), Refused> {
    let locale = input.locale.0.as_str();
    let expected = Some(input.expected_version);
    let (owner, stored) = read_translation(writing, (article, locale), expected).await?;
    if stored.state == State::Published && !may_correct {
        let message = "it is published: a publisher corrects it, or unpublishes it first";
        return Err(wrong_state(message));
    }
    if input.version == stored.version {
        return Ok(());
    }
    let revision = (stored.id, input.version);
    let text = kept_text(writing.tx(), Translated::Article, revision).await?;
    let Some(text) = text else {
        return Err(no_such_version(input.version));
    };
    let before = Words::from(stored.clone());
    let after = Words {
        title: text.title.unwrap_or_default(),
        lead: text.lead.unwrap_or_default(),
        body: text.body.unwrap_or_default(),
        // Made from what it was made from then; never from something newer
        // than the words are said to be made from now.
        source_version: text.source_version.map_or(before.source_version, |source| {
            source.min(before.source_version)
        }),
        ..before.clone()
    };
    if before.reads_like(&after) {
        return Ok(());
    }
    let operation = Operation::ArticleTranslationRestore;
    let place = (&owner, locale);
    write_translation(writing, operation, place, Some(stored), after, None).await?;
    Ok(())
}
