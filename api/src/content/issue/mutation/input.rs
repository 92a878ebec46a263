//! What comes in with the mutations of issues.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::graphql::scalar::{Date, Locale, Moment, Slug};

/// The words of an issue in one locale.
#[derive(Clone, Debug, InputObject)]
pub struct IssueWordsInput {
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its title: 1 to 500 characters. Without: it has none there, and
    /// frontends show its days.
    pub title: Option<String>,
}

/// An issue that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct IssueCreateInput {
    /// Its number, from 0, which no other issue has. Without: the one after the
    /// greatest.
    pub number: Option<i32>,
    /// Its slug, which no other issue has or had. Without: one is made of the
    /// week of its first day, such as `2021-w06`.
    pub slug: Option<Slug>,
    /// Its first day, in the publication's time zone.
    pub starts_on: Date,
    /// Its last day, inclusive; not before the first.
    pub ends_on: Date,
    /// Its words: 1 to 100, each in a locale of its own. It exists for readers
    /// of these locales alone.
    pub translations: Vec<IssueWordsInput>,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// What is to be changed of the facts of an issue. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct IssueUpdateInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// Its new number, from 0. An import knows it by this one from then on.
    pub number: Option<i32>,
    /// Its new slug; the one that it had goes on leading to it.
    pub slug: Option<Slug>,
    /// Its new first day.
    pub starts_on: Option<Date>,
    /// Its new last day, inclusive; not before the first.
    pub ends_on: Option<Date>,
}

/// An issue that is to be removed, with its words.
#[derive(Clone, Debug, InputObject)]
pub struct IssueDeleteInput {
    /// Its id.
    pub id: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
}

/// Words for a locale that an issue has none in.
#[derive(Clone, Debug, InputObject)]
pub struct IssueTranslationCreateInput {
    /// The id of the issue.
    pub issue: ID,
    /// One of the publication's locales.
    pub locale: Locale,
    /// Its title: 1 to 500 characters. Without: it has none there.
    pub title: Option<String>,
}

/// What is to be changed of the words of an issue. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct IssueTranslationUpdateInput {
    /// The id of the issue.
    pub issue: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The new title: 1 to 500 characters. `null`: it has none any more.
    pub title: MaybeUndefined<String>,
}

/// Words of an issue that are to read again as they did.
#[derive(Clone, Debug, InputObject)]
pub struct IssueTranslationRestoreInput {
    /// The id of the issue.
    pub issue: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
    /// The version that is wanted, one of their `revisions`.
    pub version: i32,
}

/// Words of an issue that are to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct IssueTranslationDeleteInput {
    /// The id of the issue.
    pub issue: ID,
    /// The locale of the words.
    pub locale: Locale,
    /// Their `version`, as it was read.
    pub expected_version: i32,
}

/// The articles of an issue in another order.
#[derive(Clone, Debug, InputObject)]
pub struct IssueArticlesReorderInput {
    /// The id of the issue.
    pub issue: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// The ids of exactly its articles. They get the positions from 1 in this
    /// order.
    pub articles: Vec<ID>,
}

/// An issue that is to come out.
#[derive(Clone, Debug, InputObject)]
pub struct IssuePublishInput {
    /// The id of the issue.
    pub issue: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
    /// When it came out, now or before: the time that it is dated. Without:
    /// now. An issue that is out already keeps the time that it has.
    pub published_at: Option<Moment>,
}

/// An issue that is to be taken back.
#[derive(Clone, Debug, InputObject)]
pub struct IssueUnpublishInput {
    /// The id of the issue.
    pub issue: ID,
    /// Its `factsVersion`, as it was read.
    pub expected_version: i32,
}
