//! Publishing the words of articles and taking them back: one by one, and with
//! their issue.

use masthead_entities::article_translation::State;

use super::{Words, read_translation, write_translation};
use crate::access::Operation;
use crate::content::article::store;
use crate::content::language::Translated;
use crate::content::writing::Writing;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Words of an article: its id, and the locale.
type Place = (i64, String);

/// Make the approved words of an article in a locale public: now, or with their
/// issue where that is not published yet. With `expected`, at the version that
/// the writer read. Publishing what is published changes nothing.
///
/// # Errors
/// If there are none, they were written since, or are not approved.
pub async fn publish_translation(
    writing: &mut Writing,
    operation: Operation,
    (article, locale): (i64, &str),
    expected: Option<i32>,
) -> Result<(), Refused> {
    let (owner, before) = read_translation(writing, (article, locale), expected).await?;
    match before.state {
        State::Published => return Ok(()),
        State::InReview if before.approved_at.is_some() => {}
        State::InReview => return Err(wrong_state("it is in review, and not approved yet")),
        State::Draft => {
            return Err(wrong_state(
                "it is a draft: submit it, and let it be approved",
            ));
        }
    }
    let after = Words {
        state: State::Published,
        published_at: owner.issue_published_at.map(|_| writing.now()),
        ..Words::from(before.clone())
    };
    write_translation(
        writing,
        operation,
        (&owner, locale),
        Some(before),
        after,
        None,
    )
    .await?;
    Ok(())
}

/// Make the published words of an article in a locale a draft again. With
/// `expected`, at the version that the writer read.
///
/// # Errors
/// If there are none, they were written since, or are not published.
pub async fn unpublish_translation(
    writing: &mut Writing,
    operation: Operation,
    (article, locale): (i64, &str),
    expected: Option<i32>,
) -> Result<(), Refused> {
    let (owner, before) = read_translation(writing, (article, locale), expected).await?;
    if before.state != State::Published {
        return Err(wrong_state("it is not published"));
    }
    let after = Words {
        state: State::Draft,
        published_at: None,
        ..Words::from(before.clone())
    };
    write_translation(
        writing,
        operation,
        (&owner, locale),
        Some(before),
        after,
        None,
    )
    .await?;
    Ok(())
}

/// Publish what is approved of an issue: now where that is published already,
/// else with it, whose `published_at` is written after. The answer is what was
/// approved, in the order of the issue.
///
/// # Errors
/// If the database does not answer.
pub async fn publish_ready(
    writing: &mut Writing,
    operation: Operation,
    issue: i64,
) -> Result<Vec<Place>, Refused> {
    let mut published = Vec::new();
    for owner in store::owners_in(writing.tx(), issue).await? {
        let article = owner.article.id;
        for before in store::words_of(writing.tx(), article).await? {
            if before.state != State::InReview || before.approved_at.is_none() {
                continue;
            }
            let locale = before.locale.clone();
            let after = Words {
                state: State::Published,
                published_at: owner.issue_published_at.map(|_| writing.now()),
                ..Words::from(before.clone())
            };
            let place = (&owner, locale.as_str());
            write_translation(writing, operation, place, Some(before), after, None).await?;
            published.push((article, locale));
        }
        writing.touch(Translated::Article, article);
    }
    store::refresh_public_at(writing.tx(), &[issue]).await?;
    Ok(published)
}

/// Hide the articles of an issue with it. Its `published_at` is cleared before.
/// Their words stay published, and go out with the issue when that is published
/// again, also those that had a time of their own. The answer is what readers
/// saw, in the order of the issue.
///
/// # Errors
/// If the database does not answer.
pub async fn withdraw_issue(
    writing: &mut Writing,
    operation: Operation,
    issue: i64,
) -> Result<Vec<Place>, Refused> {
    let mut withdrawn = Vec::new();
    for owner in store::owners_in(writing.tx(), issue).await? {
        let article = owner.article.id;
        for before in store::words_of(writing.tx(), article).await? {
            let locale = before.locale.clone();
            if before.state != State::Published {
                continue;
            }
            if before.public_at.is_some() {
                withdrawn.push((article, locale.clone()));
            }
            let after = Words {
                published_at: None,
                ..Words::from(before.clone())
            };
            let place = (&owner, locale.as_str());
            write_translation(writing, operation, place, Some(before), after, None).await?;
        }
        writing.touch(Translated::Article, article);
    }
    store::refresh_public_at(writing.tx(), &[issue]).await?;
    Ok(withdrawn)
}

/// It is in a state in which this can't be done.
pub fn wrong_state(message: &str) -> Refused {
    UserError::new(UserErrorCode::WrongState, "locale", message).into()
}
