//! What comes in with the mutations of authors.

use async_graphql::{ID, InputObject};

use crate::graphql::scalar::{Locale, Slug};

/// The words of an author in one locale.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorWordsInput {
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its name: 1 to 500 characters.
    pub name: String,
    /// Who it is: at most 10,000 characters. Without: nothing is said.
    pub bio: Option<String>,
}

/// An author that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorCreateInput {
    /// Its slug, which no other author has or had. Without: one is made of the
    /// first of its names.
    pub slug: Option<Slug>,
    /// Its words: 1 to 100, each in a locale of its own.
    pub translations: Vec<AuthorWordsInput>,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// What is to be changed of the facts of an author. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorUpdateInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// Its new slug; the one that it had goes on leading to it.
    pub slug: Option<Slug>,
}

/// An author that is to be removed, with its words.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorDeleteInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
}

/// Words for a locale that an author has none in.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorTranslationCreateInput {
    /// The id of the author.
    pub author: ID,
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its name: 1 to 500 characters.
    pub name: String,
    /// Who it is: at most 10,000 characters. Without: nothing is said.
    pub bio: Option<String>,
}

/// What is to be changed of the words of an author. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorTranslationUpdateInput {
    /// The id of the author.
    pub author: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The new name: 1 to 500 characters.
    pub name: Option<String>,
    /// Who it is: at most 10,000 characters.
    pub bio: Option<String>,
}

/// Words of an author that are to read again as they did.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorTranslationRestoreInput {
    /// The id of the author.
    pub author: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The version that is wanted, one of their `revisions`.
    pub version: i32,
}

/// Words of an author that are to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct AuthorTranslationDeleteInput {
    /// The id of the author.
    pub author: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
}
