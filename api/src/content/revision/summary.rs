//! What changed between two versions of words.

use std::time::Instant;

use async_graphql::{Context, Enum, Object, Result};
use masthead_entities::article_translation::State;
use sea_orm::ActiveEnum as _;
use tokio::sync::OnceCell;

use crate::access::Operation;
use crate::content::language::Translated;
use crate::content::revision::difference::{DiffSegment, PATIENCE, count_words, difference};
use crate::content::revision::object::{Revision, revision_at};
use crate::content::revision::store::Part;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;

/// A part of words that may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum RevisionField {
    /// The slug, of an article.
    Slug,
    /// How far it has come, of an article.
    State,
    /// The title or the name.
    Title,
    /// The lead, the description or the bio.
    Lead,
    /// The text, of an article.
    Body,
}

/// What changed from one version to the next.
#[derive(Debug)]
pub struct RevisionSummary {
    before: Revision,
    after: Revision,
    /// Words added and words removed.
    words: OnceCell<(i32, i32)>,
}

/// What became of words from one version to another. Of each part: pieces, of
/// which the equal and the inserted ones make up what it is at `to`, and the
/// equal and the deleted ones what it is at `from`. One that stayed is one
/// piece; an empty one, or one that such words do not have, is none.
#[derive(Debug)]
pub struct RevisionDiff {
    from: Revision,
    to: Revision,
}

/// What became of words from the version `from` to the version `to`, for who
/// may read that; `None` where one of them is not kept.
///
/// # Errors
/// If the caller may not, or the database does not answer.
pub async fn difference_of(
    ctx: &Context<'_>,
    what: Translated,
    id: i64,
    (from, to): (i32, i32),
) -> Result<Option<RevisionDiff>> {
    ctx.caller().may(Operation::RevisionsRead, None)?;
    let (from, to) = futures_util::try_join!(
        revision_at(ctx, (what, id), from),
        revision_at(ctx, (what, id), to)
    )?;
    Ok(from.zip(to).map(|(from, to)| RevisionDiff { from, to }))
}

pub(super) fn summary(before: Revision, after: Revision) -> RevisionSummary {
    RevisionSummary {
        before,
        after,
        words: OnceCell::new(),
    }
}

impl RevisionSummary {
    /// The parts of the text that changed.
    async fn changed_parts(&self, ctx: &Context<'_>) -> Result<Vec<(Part, String, String)>> {
        let (before, after) = (&self.before, &self.after);
        if before.row.text() == after.row.text() {
            return Ok(Vec::new());
        }
        let (old, new) = futures_util::try_join!(before.parts(ctx), after.parts(ctx))?;
        let parts = Part::of(after.what).iter().zip(old.iter().zip(&new));
        let changed = parts.filter(|(_, (old, new))| old != new);
        Ok(changed
            .map(|(part, (old, new))| (*part, old.to_string(), new.to_string()))
            .collect())
    }

    async fn count(&self, ctx: &Context<'_>) -> Result<(i32, i32)> {
        let changed = self.changed_parts(ctx).await?;
        let counted = off_the_threads_that_serve(move || {
            let deadline = Instant::now() + PATIENCE;
            let (mut added, mut removed) = (0, 0);
            for (_, old, new) in changed {
                let (more, less) = count_words(&difference(&old, &new, deadline));
                added += more;
                removed += less;
            }
            (added, removed)
        });
        let (added, removed) = counted.await?;
        let number = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Ok((number(added), number(removed)))
    }

    async fn words(&self, ctx: &Context<'_>) -> Result<(i32, i32)> {
        let words = self.words.get_or_try_init(|| self.count(ctx)).await?;
        Ok(*words)
    }
}

/// What changed from one version to the next.
#[Object]
impl RevisionSummary {
    /// What is another than before; nothing where it was approved, say.
    async fn changed(&self, ctx: &Context<'_>) -> Result<Vec<RevisionField>> {
        let (before, after) = (&self.before.row, &self.after.row);
        let mut changed = Vec::new();
        if before.slug != after.slug {
            changed.push(RevisionField::Slug);
        }
        if before.state != after.state {
            changed.push(RevisionField::State);
        }
        let parts = self.changed_parts(ctx).await?.into_iter();
        changed.extend(parts.map(|(part, ..)| match part {
            Part::Title => RevisionField::Title,
            Part::Lead => RevisionField::Lead,
            Part::Body => RevisionField::Body,
        }));
        Ok(changed)
    }

    /// How many words its text has that it had not.
    #[graphql(complexity = 20)]
    async fn words_added(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.words(ctx).await?.0)
    }

    /// How many words its text had that it has not.
    #[graphql(complexity = 20)]
    async fn words_removed(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.words(ctx).await?.1)
    }
}

impl RevisionDiff {
    async fn part(&self, ctx: &Context<'_>, part: Part) -> Result<Vec<DiffSegment>> {
        let (from, to) =
            futures_util::try_join!(self.from.part(ctx, part), self.to.part(ctx, part))?;
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        let segments =
            off_the_threads_that_serve(move || difference(&from, &to, Instant::now() + PATIENCE));
        Ok(segments.await?)
    }
}

/// What became of words from one version to another. Of each part: pieces, of
/// which the equal and the inserted ones make up what it is at `to`, and the
/// equal and the deleted ones what it is at `from`. One that stayed is one
/// piece; an empty one, or one that such words do not have, is none.
#[Object]
impl RevisionDiff {
    /// The version that it was.
    async fn from(&self) -> &Revision {
        &self.from
    }

    /// The version that it became.
    async fn to(&self) -> &Revision {
        &self.to
    }

    /// The slug, of an article.
    async fn slug(&self) -> Vec<DiffSegment> {
        short(self.from.row.slug.as_deref(), self.to.row.slug.as_deref())
    }

    /// How far it had come, of an article.
    async fn state(&self) -> Vec<DiffSegment> {
        let [from, to] = [&self.from, &self.to].map(|revision| revision.row.state);
        let [from, to] = [from, to].map(|state| state.as_ref().map(State::to_value));
        short(from.as_deref(), to.as_deref())
    }

    /// The title or the name.
    async fn title(&self, ctx: &Context<'_>) -> Result<Vec<DiffSegment>> {
        self.part(ctx, Part::Title).await
    }

    /// The lead of an article, the description of a topic, the bio of an
    /// author.
    async fn lead(&self, ctx: &Context<'_>) -> Result<Vec<DiffSegment>> {
        self.part(ctx, Part::Lead).await
    }

    /// The text of an article, in CommonMark. What can't be compared by the
    /// word within a second is compared by the line, or told as a whole.
    #[graphql(complexity = "100 * child_complexity")]
    async fn body(&self, ctx: &Context<'_>) -> Result<Vec<DiffSegment>> {
        self.part(ctx, Part::Body).await
    }
}

fn short(from: Option<&str>, to: Option<&str>) -> Vec<DiffSegment> {
    let deadline = Instant::now() + PATIENCE;
    difference(from.unwrap_or_default(), to.unwrap_or_default(), deadline)
}

/// Long texts take a while to compare.
async fn off_the_threads_that_serve<T: Send + 'static>(
    compare: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let compared = tokio::task::spawn_blocking(compare).await;
    compared.map_err(|error| Error::Internal(error.into()))
}
