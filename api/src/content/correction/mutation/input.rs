//! What comes in with the mutations of corrections.

use async_graphql::{ID, InputObject};

use crate::graphql::scalar::{Locale, Moment};

/// A correction of published words of an article.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectionCreateInput {
    /// The id of the article.
    pub article: ID,
    /// The locale of the words, which readers see.
    pub locale: Locale,
    /// The `version` of the words, as it was read.
    pub expected_version: i32,
    /// What was wrong, and what is right: 1 to 10,000 characters of plain text,
    /// in the language of the words.
    pub text: String,
    /// When the article was corrected, now or before. Without: now.
    pub at: Option<Moment>,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// What is to be changed of a correction. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectionUpdateInput {
    /// Its id.
    pub id: ID,
    /// Its `version`, as it was read.
    pub expected_version: i32,
    /// The new text: 1 to 10,000 characters.
    pub text: Option<String>,
    /// When the article was corrected, now or before.
    pub at: Option<Moment>,
}

/// A correction that is to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectionDeleteInput {
    /// Its id.
    pub id: ID,
    /// Its `version`, as it was read.
    pub expected_version: i32,
}
