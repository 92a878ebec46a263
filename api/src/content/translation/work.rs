//! How the words of an article have been worked on.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::access::Operation;
use crate::content::translation::freshness::Freshness;
use crate::content::translation::loader::ProgressOf;
use crate::content::translation::store::Progress;
use crate::content::translation::words::Words;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Moment;

/// How the words of an article have been worked on.
#[derive(Clone, Debug)]
pub struct Work(pub(super) Words);

#[Object]
impl Work {
    /// Whether it keeps up with the original that it is made from. An original
    /// that you do not see makes nothing outdated.
    pub async fn freshness(&self, ctx: &Context<'_>) -> Result<Freshness> {
        // What it is made from may change without being told to readers.
        ctx.notes().volatile();
        let progress = self.progress(ctx).await?;
        Ok(match progress {
            Some(progress) if progress.is_outdated => Freshness::Outdated,
            _ => Freshness::Current,
        })
    }

    /// The `version` of the original that it is made from; `null` for the
    /// original itself, and without a key that may see drafts.
    pub async fn source_version(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let progress = self.shown_progress(ctx).await?;
        let progress = progress.filter(|progress| !progress.is_original);
        Ok(progress.map(|progress| progress.source_version))
    }

    /// Whether it is approved, in review, and so ready to be published; `null`
    /// without a key that may see drafts.
    pub async fn is_approved(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let progress = self.shown_progress(ctx).await?;
        Ok(progress.map(|progress| progress.approved_at.is_some()))
    }

    /// When it was approved; `null` where it is not, or is published since, and
    /// without a key that may see drafts.
    pub async fn approved_at(&self, ctx: &Context<'_>) -> Result<Option<Moment>> {
        let progress = self.shown_progress(ctx).await?;
        Ok(progress
            .and_then(|progress| progress.approved_at)
            .map(Moment))
    }

    /// Who approved it, by the name of the key; `null` where it is not approved,
    /// or is published since, and without a key that may see drafts.
    pub async fn approved_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let progress = self.shown_progress(ctx).await?;
        Ok(progress.and_then(|progress| progress.approved_by.clone()))
    }

    /// Who wrote the present version, by the name of the key; `null` where that
    /// is not known, and without a key that may see drafts.
    pub async fn updated_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let progress = self.shown_progress(ctx).await?;
        Ok(progress.and_then(|progress| progress.updated_by.clone()))
    }
}

impl Work {
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<Arc<Progress>>> {
        let key = ProgressOf {
            id: self.0.row.id,
            sight: self.0.reader.locales.sight(),
        };
        Ok(ctx.batches().load_one(key).await?)
    }

    /// The same for those who may see drafts; `None` for all others.
    async fn shown_progress(&self, ctx: &Context<'_>) -> Result<Option<Arc<Progress>>> {
        match ctx.caller().may(Operation::DraftsRead, None) {
            Ok(()) => self.progress(ctx).await,
            Err(_) => Ok(None),
        }
    }
}
