//! What comes in with the mutations of topics.

use async_graphql::{ID, InputObject};

use crate::graphql::scalar::{Locale, Slug};

/// The words of a topic in one locale.
#[derive(Clone, Debug, InputObject)]
pub struct TopicWordsInput {
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its name: 1 to 500 characters.
    pub name: String,
    /// What it covers: at most 10,000 characters. Without: nothing is said.
    pub description: Option<String>,
}

/// A topic that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct TopicCreateInput {
    /// Its slug, which no other topic has or had. Without: one is made of the
    /// first of its names.
    pub slug: Option<Slug>,
    /// Its place among the topics, from 0; several may share one. Without:
    /// after all others.
    pub position: Option<i32>,
    /// Its words: 1 to 100, each in a locale of its own.
    pub translations: Vec<TopicWordsInput>,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// What is to be changed of the facts of a topic. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct TopicUpdateInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// Its new slug; the one that it had goes on leading to it.
    pub slug: Option<Slug>,
    /// Its new place among the topics, from 0.
    pub position: Option<i32>,
}

/// A topic that is to be removed, with its words.
#[derive(Clone, Debug, InputObject)]
pub struct TopicDeleteInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
}

/// Words for a locale that a topic has none in.
#[derive(Clone, Debug, InputObject)]
pub struct TopicTranslationCreateInput {
    /// The id of the topic.
    pub topic: ID,
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its name: 1 to 500 characters.
    pub name: String,
    /// What it covers: at most 10,000 characters. Without: nothing is said.
    pub description: Option<String>,
}

/// What is to be changed of the words of a topic. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct TopicTranslationUpdateInput {
    /// The id of the topic.
    pub topic: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The new name: 1 to 500 characters.
    pub name: Option<String>,
    /// What it covers: at most 10,000 characters.
    pub description: Option<String>,
}

/// Words of a topic that are to read again as they did.
#[derive(Clone, Debug, InputObject)]
pub struct TopicTranslationRestoreInput {
    /// The id of the topic.
    pub topic: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The version that is wanted, one of their `revisions`.
    pub version: i32,
}

/// Words of a topic that are to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct TopicTranslationDeleteInput {
    /// The id of the topic.
    pub topic: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
}
