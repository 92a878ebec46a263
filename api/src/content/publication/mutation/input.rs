//! What comes in with the mutations of the publication.

use async_graphql::{InputObject, MaybeUndefined};

use crate::graphql::scalar::Locale;

/// A locale of a publication that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationLocaleInput {
    /// Its tag: at most 50 characters.
    pub tag: Locale,
    /// The publication's name in it: 1 to 500 characters. Without: it has none
    /// there.
    pub name: Option<String>,
    /// What the publication says of itself in it: at most 10,000 characters.
    /// Without: nothing is said.
    pub description: Option<String>,
}

/// Where the website shows each thing: templates such as
/// `/{locale}/issues/{slug}`. What is left out stays; `null`: the default.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PublicationPathsInput {
    /// An issue: `{locale}`, `{slug}`, `{issue}`, `{number}`, `{week}`.
    pub issue: MaybeUndefined<String>,
    /// An article: `{locale}`, `{slug}`, `{topic}`, `{issue}`, `{number}`,
    /// `{week}`.
    pub article: MaybeUndefined<String>,
    /// A topic: `{locale}`, `{slug}`, `{topic}`.
    pub topic: MaybeUndefined<String>,
    /// An author: `{locale}`, `{slug}`.
    pub author: MaybeUndefined<String>,
}

/// The publication that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationCreateInput {
    /// Its locales, 1 to 100, in its order. It has a name in one at least.
    pub locales: Vec<PublicationLocaleInput>,
    /// The locale of a reader who prefers none: one of its locales.
    pub default_locale: Locale,
    /// Where its days begin and end: an IANA time zone, such as
    /// `Europe/Minsk`.
    pub time_zone: String,
    /// The address of its website, such as `https://example.org`.
    pub url: String,
    /// Where its website shows each thing. Without: the defaults.
    pub paths: Option<PublicationPathsInput>,
}

/// What the publication is called and says of itself in a locale. What is left
/// out stays.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationWordsInput {
    /// One of its locales.
    pub locale: Locale,
    /// Its name: 1 to 500 characters; `null`: none any more. It has a name in
    /// one locale at least.
    pub name: MaybeUndefined<String>,
    /// What it says of itself: at most 10,000 characters; `null`: nothing any
    /// more.
    pub description: MaybeUndefined<String>,
}

/// What is to be changed of the publication. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationUpdateInput {
    /// Its `version`, as it was read.
    pub expected_version: i32,
    /// The locale of a reader who prefers none: one of its locales.
    pub default_locale: Option<Locale>,
    /// Its locales in another order: exactly those that it has.
    pub locales: Option<Vec<Locale>>,
    /// Its names and descriptions, at most 100, each in a locale of its own.
    pub translations: Option<Vec<PublicationWordsInput>>,
    /// Where its days begin and end: an IANA time zone, such as
    /// `Europe/Minsk`.
    pub time_zone: Option<String>,
    /// The address of its website, such as `https://example.org`.
    pub url: Option<String>,
    /// Where its website shows each thing.
    pub paths: Option<PublicationPathsInput>,
}

/// A locale that the publication is to publish in, too.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationLocaleAddInput {
    /// The publication's `version`, as it was read.
    pub expected_version: i32,
    /// The tag of the locale: at most 50 characters.
    pub tag: Locale,
    /// The publication's name in it: 1 to 500 characters. Without: it has none
    /// there.
    pub name: Option<String>,
    /// What the publication says of itself in it: at most 10,000 characters.
    /// Without: nothing is said.
    pub description: Option<String>,
    /// Its place among the locales, from 1. Without: the last.
    pub position: Option<i32>,
}

/// A locale that the publication is not to publish in any more.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationLocaleRemoveInput {
    /// The publication's `version`, as it was read.
    pub expected_version: i32,
    /// The tag of the locale.
    pub tag: Locale,
}
