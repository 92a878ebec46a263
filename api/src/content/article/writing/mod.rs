//! Writing the words of articles: whoever does it, and why ever, it goes through
//! [`write_translation`].

mod publishing;

use chrono::{DateTime, Utc};
use masthead_entities::article_translation::{ActiveModel, Model, State};
use sea_orm::{DatabaseTransaction, DbErr, Set};

use crate::access::Operation;
use crate::audit::Deed;
use crate::content::article::store::{self, Owner};
use crate::content::collation::sort_key;
use crate::content::derived;
use crate::content::folding::fold;
use crate::content::language::Translated;
use crate::content::revision::keep;
use crate::content::slug::{Space, former, reserve};
use crate::content::writing::{Writing, check_slug};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

pub(super) use publishing::wrong_state;
pub use publishing::{publish_ready, publish_translation, unpublish_translation, withdraw_issue};

/// The words of an article in one locale, as they are to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub slug: String,
    pub title: String,
    pub lead: String,
    /// CommonMark.
    pub body: String,
    pub state: State,
    /// When it was published, where that differs from the issue.
    pub published_at: Option<DateTime<Utc>>,
    /// The version of the original that it was made from. Of no meaning for the
    /// original itself.
    pub source_version: i32,
    /// When and by whom it was approved, while it is in review.
    pub approved: Option<(DateTime<Utc>, String)>,
}

impl Words {
    /// Whether a reader would read something else.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        self.title == other.title && self.lead == other.lead && self.body == other.body
    }
}

impl From<Model> for Words {
    fn from(row: Model) -> Self {
        Self {
            slug: row.slug,
            title: row.title,
            lead: row.lead,
            body: row.body,
            state: row.state,
            published_at: row.published_at,
            source_version: row.source_version,
            approved: row.approved_at.zip(row.approved_by),
        }
    }
}

/// The words of an article in a locale, at the version that the writer read;
/// without one, as they are.
///
/// # Errors
/// If there are none, or they were written since.
pub async fn read_translation(
    writing: &Writing,
    (article, locale): (i64, &str),
    expected: Option<i32>,
) -> Result<(Owner, Model), Refused> {
    let owner = store::owner(writing.tx(), article).await?;
    let words = store::words_in(writing.tx(), article, locale).await?;
    let Some((owner, words)) = owner.zip(words) else {
        let message = format!("there is no such article with words in \"{locale}\"");
        return Err(UserError::new(UserErrorCode::NotFound, "article", message).into());
    };
    if let Some(expected) = expected {
        check_version(expected, words.version)?;
    }
    Ok((owner, words))
}

/// Write the words of an article in a locale: over `before`, or new ones. Words
/// that are as they are wanted stay, with their version. The answer is the
/// version.
///
/// Other words than were approved are not approved. A slug that was public goes
/// on leading to the article; one that never was is free again.
///
/// # Errors
/// If the slug is another article's in this locale, or was.
pub async fn write_translation(
    writing: &mut Writing,
    operation: Operation,
    (owner, locale): (&Owner, &str),
    before: Option<Model>,
    mut after: Words,
    note: Option<String>,
) -> Result<i32, Refused> {
    let last = before.as_ref().map(Last::from);
    let before = before.map(Words::from);
    if let (Some(last), Some(before)) = (&last, &before)
        && *before == after
    {
        return Ok(last.version);
    }
    let version = last.as_ref().map_or(1, |last| last.version + 1);
    let read_before = before.as_ref().filter(|before| before.reads_like(&after));
    if after.state != State::InReview || read_before.is_none_or(|read| read.slug != after.slug) {
        after.approved = None;
    }
    if locale == owner.article.original_locale {
        after.source_version = version;
    }
    let kept_slug = kept_slug(writing, (owner, locale), before.as_ref(), &after).await?;
    let mut row = row(writing, (owner, locale), &after);
    row.version = Set(version);
    row.text_version = Set(version);
    if let Some(last) = &last {
        keep(writing.tx(), Translated::Article, &[last.id]).await?;
        row.id = Set(last.id);
        if read_before.is_some() {
            row.text_version = Set(last.text_version);
        }
    }
    let id = store::write_words(writing.tx(), row).await?;
    if let Some(slug) = kept_slug {
        let space = Space::articles(locale);
        reserve(writing.tx(), space, owner.article.id, &slug).await?;
    }
    if read_before.is_none() {
        derive(writing.tx(), (owner, locale), id, after).await?;
    }
    let versions = (last.map(|last| last.version), Some(version));
    note_words(writing, operation, (owner, locale), versions, note);
    Ok(version)
}

/// What is there of words before they are written.
struct Last {
    id: i64,
    version: i32,
    text_version: i32,
}

impl From<&Model> for Last {
    fn from(row: &Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            text_version: row.text_version,
        }
    }
}

/// Make what is made of words.
async fn derive(
    tx: &DatabaseTransaction,
    (owner, locale): (&Owner, &str),
    id: i64,
    words: Words,
) -> Result<(), DbErr> {
    let words = derived::Words {
        translation_id: id,
        article_id: owner.article.id,
        locale: locale.to_owned(),
        public_at: public_at(owner, &words),
        title: words.title,
        lead: words.lead,
        body: words.body,
    };
    derived::derive(tx, vec![words]).await
}

/// Remove the words of an article in a locale, with all that is made of them.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn remove_translation(
    writing: &mut Writing,
    operation: Operation,
    owner: &Owner,
    words: Model,
) -> Result<(), Refused> {
    store::remove_words(writing.tx(), words.id).await?;
    let versions = (Some(words.version), None);
    note_words(writing, operation, (owner, &words.locale), versions, None);
    Ok(())
}

/// Check that a new slug is free. The answer is the slug that is to lead to the
/// article whatever becomes of these words: one that readers saw.
async fn kept_slug(
    writing: &Writing,
    (owner, locale): (&Owner, &str),
    before: Option<&Words>,
    after: &Words,
) -> Result<Option<String>, Refused> {
    let (tx, id, space) = (writing.tx(), owner.article.id, Space::articles(locale));
    let is_new = before.is_none_or(|before| before.slug != after.slug);
    if is_new {
        check_slug(tx, space, Some(id), &after.slug).await?;
    }
    let was_published = before.filter(|before| before.state == State::Published);
    if let Some(before) = was_published {
        let is_left = is_new || after.state != State::Published;
        return Ok(is_left.then(|| before.slug.clone()));
    }
    // The database takes what is in use off the former ones.
    let is_own_again = is_new
        && !former(tx, space, std::slice::from_ref(&after.slug))
            .await?
            .is_empty();
    Ok(is_own_again.then(|| after.slug.clone()))
}

/// The row of these words, but for its id and its versions.
fn row(writing: &Writing, (owner, locale): (&Owner, &str), words: &Words) -> ActiveModel {
    let (approved_at, approved_by) = words.approved.clone().unzip();
    ActiveModel {
        article_id: Set(owner.article.id),
        topic_id: Set(owner.article.topic_id),
        locale: Set(locale.to_owned()),
        slug: Set(words.slug.clone()),
        title: Set(words.title.clone()),
        folded_title: Set(fold(&words.title)),
        sort_title: Set(sort_key(locale, &words.title)),
        lead: Set(words.lead.clone()),
        state: Set(words.state),
        published_at: Set(words.published_at),
        public_at: Set(public_at(owner, words)),
        updated_at: Set(writing.now()),
        updated_by: Set(Some(writing.actor().name.clone())),
        source_version: Set(words.source_version),
        approved_at: Set(approved_at),
        approved_by: Set(approved_by),
        body: Set(words.body.clone()),
        ..Default::default()
    }
}

/// Since when readers see these words, if they do.
fn public_at(owner: &Owner, words: &Words) -> Option<DateTime<Utc>> {
    let issue_published_at = owner
        .issue_published_at
        .filter(|_| words.state == State::Published)?;
    Some(words.published_at.unwrap_or(issue_published_at))
}

fn note_words(
    writing: &mut Writing,
    operation: Operation,
    (owner, locale): (&Owner, &str),
    (from_version, to_version): (Option<i32>, Option<i32>),
    note: Option<String>,
) {
    let article = &owner.article;
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((Translated::Article.type_name(), article.id)),
        name: Some(article.key.clone()),
        locale: Some(locale.to_owned()),
        from_version,
        to_version,
        note,
    });
    writing.touch(Translated::Article, article.id);
}
