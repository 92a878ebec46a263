//! What comes in with the mutations of articles.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::content::article::filter::Trend;
use crate::graphql::scalar::{Locale, Slug};

/// The words of an article in one locale.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleWordsInput {
    /// One of the publication's locales.
    pub locale: Locale,
    /// Their slug, which no other article has or had in this locale. Without:
    /// one is made of the title.
    pub slug: Option<Slug>,
    /// The title: 1 to 500 characters.
    pub title: String,
    /// What the article says in a sentence or two: at most 10,000 characters.
    /// Without: it has no lead.
    pub lead: Option<String>,
    /// The text, in CommonMark: at most 2,000,000 characters, of a request no
    /// larger than the server takes (`limits.write_body_bytes`). Without: none yet.
    pub body: Option<String>,
}

/// An article that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleCreateInput {
    /// The id of its issue.
    pub issue: ID,
    /// The id of its topic.
    pub topic: ID,
    /// The ids of its authors in byline order: at most 100, each once.
    pub authors: Vec<ID>,
    /// Its place in the issue, from 1, which no other article has. Without:
    /// after all others.
    pub position: Option<i32>,
    /// What happened to its topic. Without: it makes no assessment.
    pub trend: Option<Trend>,
    /// Its key, which no other article has: 1 to 200 characters, stable for
    /// ever. Without: one is made of the number of the issue and the place.
    pub key: Option<String>,
    /// The locale that it is written in.
    pub original_locale: Locale,
    /// Its words, which are drafts: 1 to 100, each in a locale of its own, the
    /// original among them.
    pub translations: Vec<ArticleWordsInput>,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// What is to be changed of the facts of an article. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleUpdateInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// The id of its new issue. While words of the article are published, it
    /// takes a publisher to move it into or out of an issue that is published.
    pub issue: Option<ID>,
    /// The id of its new topic.
    pub topic: Option<ID>,
    /// The ids of its authors in byline order: at most 100, each once.
    pub authors: Option<Vec<ID>>,
    /// Its new place in the issue, from 1, which no other article has. Without,
    /// in another issue: after all others.
    pub position: Option<i32>,
    /// What happened to its topic; `null`: it makes no assessment.
    pub trend: MaybeUndefined<Trend>,
    /// The locale that counts as the one it was written in, of those that it
    /// has words in. All others count as made from these words as they are.
    pub original_locale: Option<Locale>,
}

/// An article that is to be removed, with all its words.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleDeleteInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
}

/// Words for a locale that an article has none in.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleTranslationCreateInput {
    /// The id of the article.
    pub article: ID,
    /// One of the publication's locales.
    pub locale: Locale,
    /// Their slug, which no other article has or had in this locale. Without:
    /// one is made of the title.
    pub slug: Option<Slug>,
    /// The title: 1 to 500 characters.
    pub title: String,
    /// What the article says in a sentence or two: at most 10,000 characters.
    /// Without: it has no lead.
    pub lead: Option<String>,
    /// The text, in CommonMark: at most 2,000,000 characters, of a request no
    /// larger than the server takes (`limits.write_body_bytes`). Without: none yet.
    pub body: Option<String>,
    /// The `version` of the original that the text was made from. Without: the
    /// present one.
    pub source_version: Option<i32>,
}

/// What is to be changed of the words of an article. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleTranslationUpdateInput {
    /// The id of the article.
    pub article: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// Their new slug. One that was public goes on leading to the article; one
    /// that never was is free again.
    pub slug: Option<Slug>,
    /// The new title: 1 to 500 characters.
    pub title: Option<String>,
    /// What the article says in a sentence or two: at most 10,000 characters.
    pub lead: Option<String>,
    /// The text, in CommonMark: at most 2,000,000 characters, of a request no
    /// larger than the server takes (`limits.write_body_bytes`).
    pub body: Option<String>,
    /// The `version` of the original that the text is made from. Without: the
    /// present one if the text changes, else it stays.
    pub source_version: Option<i32>,
}

/// Words of an article that are to have the text again that they had.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleTranslationRestoreInput {
    /// The id of the article.
    pub article: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The version whose text is wanted, one of their `revisions`.
    pub version: i32,
}

/// The input of a mutation of words that says nothing but which.
macro_rules! of_words {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Debug, InputObject)]
        pub struct $name {
            /// The id of the article.
            pub article: ID,
            /// The locale of the words.
            pub locale: Locale,
            /// Their `version`, as it was read.
            pub expected_version: i32,
        }
    };
}

of_words! {
    /// Words of an article that are to be removed.
    ArticleTranslationDeleteInput
}

of_words! {
    /// Words of an article that are ready for an editor.
    ArticleTranslationSubmitInput
}

of_words! {
    /// Words of an article that are ready for readers.
    ArticleTranslationApproveInput
}

of_words! {
    /// Words of an article that are to be public.
    ArticleTranslationPublishInput
}

of_words! {
    /// Words of an article that are not to be public any more.
    ArticleTranslationUnpublishInput
}

/// Words of an article that are to be worked on again.
#[derive(Clone, Debug, InputObject)]
pub struct ArticleTranslationSendBackInput {
    /// The id of the article.
    pub article: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// Why, for the audit log: at most 1,000 characters.
    pub note: Option<String>,
}
