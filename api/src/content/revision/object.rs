//! What words were at a version, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, try_join_all};

use crate::access::Operation;
use crate::content::language::Translated;
use crate::content::revision::loader::{PartOf, RevisionAt, RevisionCountOf, RevisionsOf};
use crate::content::revision::store::{self, Part, Row};
use crate::content::revision::summary::{RevisionSummary, summary};
use crate::content::translation::State;
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::Page;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Moment, Slug};

/// Words as they were at a version, or are.
#[derive(Clone, Debug)]
pub struct Revision {
    pub(super) what: Translated,
    pub(super) row: Arc<Row>,
}

impl Ready for Revision {}

/// The text of an article at a version.
#[derive(Clone, Debug, SimpleObject)]
pub struct RevisionBody {
    /// The text as it was written, in CommonMark.
    markdown: String,
}

/// What words were and are, the newest first, for who may read that: the edge
/// of this feature that words have.
///
/// # Errors
/// If the caller may not, or the database does not answer.
pub async fn revisions_of(
    ctx: &Context<'_>,
    what: Translated,
    id: i64,
    page: Page,
) -> Result<Connection<Revision>> {
    ctx.caller().may(Operation::RevisionsRead, None)?;
    store::check(what, &page)?;
    let slice = if wants_items(ctx) {
        let key = RevisionsOf { what, id, page };
        ctx.batches().load_one(key).await?.unwrap_or_default()
    } else {
        Slice::default()
    };
    let revisions = slice.map(|row| Revision { what, row });
    Ok(Connection::new(revisions, AllRevisions { what, id }))
}

/// What words were at a version, or are; `None` where no such version is kept.
pub(super) async fn revision_at(
    ctx: &Context<'_>,
    (what, id): (Translated, i64),
    version: i32,
) -> Result<Option<Revision>, Arc<Error>> {
    let key = RevisionAt { what, id, version };
    let row = ctx.batches().load_one(key).await?;
    Ok(row.map(|row| Revision { what, row }))
}

impl Revision {
    /// A part of the text; `None` where there is none.
    pub(super) async fn part(
        &self,
        ctx: &Context<'_>,
        part: Part,
    ) -> Result<Option<Arc<str>>, Arc<Error>> {
        if !Part::of(self.what).contains(&part) {
            return Ok(None);
        }
        let key = PartOf {
            what: self.what,
            part,
            id: self.row.text(),
        };
        ctx.batches().load_one(key).await
    }

    /// All parts of the text, in order; what is none is empty.
    pub(super) async fn parts(&self, ctx: &Context<'_>) -> Result<Vec<Arc<str>>, Arc<Error>> {
        let parts = Part::of(self.what).iter().map(|part| self.part(ctx, *part));
        let parts = try_join_all(parts).await?;
        Ok(parts.into_iter().map(Option::unwrap_or_default).collect())
    }

    async fn find_summary(&self, ctx: &Context<'_>) -> Result<Option<RevisionSummary>> {
        let id = (self.what, self.row.translation);
        let before = revision_at(ctx, id, self.row.version - 1).await?;
        Ok(before.map(|before| summary(before, self.clone())))
    }
}

/// Words as they were at a version, or are.
#[Object]
impl Revision {
    /// The version, which counts the writes of the words from 1.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When this version was written.
    async fn written_at(&self) -> Moment {
        Moment(self.row.written_at)
    }

    /// Who wrote this version, by the name of the key; `null` where that is not
    /// known.
    async fn written_by(&self) -> Option<&str> {
        self.row.written_by.as_deref()
    }

    /// How far it had come; `null` for what is no article's.
    async fn state(&self) -> Option<State> {
        self.row.state.map(State::from)
    }

    /// The slug that it had; `null` for what is no article's, whose slug is the
    /// same in every locale.
    async fn slug(&self) -> Option<Slug> {
        self.row.slug.clone().map(Slug)
    }

    /// The title or the name; `null` for an issue without one.
    async fn title(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let part = self.part(ctx, Part::Title).await?;
        Ok(part.map(|part| part.to_string()))
    }

    /// The lead of an article, the description of a topic, the bio of an
    /// author; `null` for an issue, which has nothing like it.
    async fn lead(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let part = self.part(ctx, Part::Lead).await?;
        Ok(part.map(|part| part.to_string()))
    }

    /// The text of an article; `null` for what is no article's.
    async fn body(&self, ctx: &Context<'_>) -> Result<Option<RevisionBody>> {
        let part = self.part(ctx, Part::Body).await?;
        Ok(part.map(|part| RevisionBody {
            markdown: part.to_string(),
        }))
    }

    /// What changed against the version before; `null` where none is kept, as
    /// before the first.
    async fn summary(&self, ctx: &Context<'_>) -> Option<Result<RevisionSummary>> {
        self.find_summary(ctx).await.transpose()
    }
}

struct AllRevisions {
    what: Translated,
    id: i64,
}

impl Count for AllRevisions {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        let key = RevisionCountOf {
            what: self.what,
            id: self.id,
        };
        async move { Ok(ctx.batches().load_one(key).await?.unwrap_or_default()) }.boxed()
    }
}
