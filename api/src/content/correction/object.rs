//! A correction as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use masthead_entities::article_correction::Model;

use super::loader::CorrectionsOf;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::scalar::Moment;

/// How many corrections an article may carry in a locale.
pub(super) const MOST: u64 = 100;

/// How many corrections an article has, for the complexity of a query.
pub const WEIGHT: usize = 5;

/// Something that the published words of an article said wrongly, and what is
/// right, in the language of the words.
#[derive(Clone, Debug)]
pub struct Correction(Model);

impl Correction {
    /// The correction of `row`.
    pub(super) const fn new(row: Model) -> Self {
        Self(row)
    }

    /// What its ids say that they are of.
    pub(super) const TYPE: &str = "Correction";
}

/// Something that the published words of an article said wrongly, and what is
/// right, in the language of the words.
#[Object]
impl Correction {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Self::TYPE, self.0.id)
    }

    /// When the article was corrected.
    async fn at(&self) -> Moment {
        Moment(self.0.corrected_at)
    }

    /// What was wrong, and what is right: plain text.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// How often it was written, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The corrections of the words of an article that have this key, newest first:
/// the edge of this feature that articles and their translations have.
///
/// # Errors
/// If the database does not answer.
pub async fn corrections_of(ctx: &Context<'_>, words: i64) -> Result<Vec<Correction>, Arc<Error>> {
    let found = ctx.batches().load_one(CorrectionsOf(words)).await?;
    let corrections = found.unwrap_or_default().into_iter();
    Ok(corrections.map(Correction::new).collect())
}
