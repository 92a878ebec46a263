//! How far translations come.

use async_graphql::Enum;

/// How far a translation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(
    name = "TranslationState",
    remote = "masthead_entities::article_translation::State"
)]
pub enum State {
    /// Being written.
    Draft,
    /// Written, and being read by an editor.
    InReview,
    /// Readers see it.
    Published,
}
