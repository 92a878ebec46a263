//! The records of the format. Their fields stand in the order in which they
//! are written.

use std::fmt;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::ActiveEnum;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The version of the format.
pub(super) const FORMAT: i64 = 1;

/// A value for each locale, in the order of the publication's locales once it
/// is written.
pub(super) type ByLocale<T> = Vec<(String, T)>;

/// One line of the format.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Record {
    Publication(Publication),
    Topic(Topic),
    Author(Author),
    Issue(Issue),
    Article(Article),
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Publication {
    pub(super) format: i64,
    #[serde(serialize_with = "by_locale")]
    pub(super) name: ByLocale<String>,
    #[serde(serialize_with = "by_locale", skip_serializing_if = "Vec::is_empty")]
    pub(super) description: ByLocale<String>,
    pub(super) locales: Vec<String>,
    pub(super) default_locale: String,
    pub(super) time_zone: String,
    /// Without a trailing slash.
    pub(super) url: String,
    #[serde(skip_serializing_if = "Paths::is_default")]
    pub(super) paths: Paths,
}

/// Where the website shows each thing; `None`: the default template.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Paths {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author: Option<String>,
}

impl Publication {
    /// Put the texts in the order of the locales.
    pub(super) fn sort_texts(&mut self) {
        let locales = &self.locales;
        let place = |(tag, _): &(String, String)| locales.iter().position(|other| other == tag);
        self.name.sort_by_key(place);
        self.description.sort_by_key(place);
    }
}

impl Paths {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Topic {
    pub(super) slug: String,
    pub(super) position: i32,
    #[serde(serialize_with = "by_locale")]
    pub(super) translations: ByLocale<TopicWords>,
}

#[derive(Debug, Serialize)]
pub(super) struct TopicWords {
    pub(super) name: String,
    pub(super) description: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Author {
    pub(super) slug: String,
    #[serde(serialize_with = "by_locale")]
    pub(super) translations: ByLocale<AuthorWords>,
}

#[derive(Debug, Serialize)]
pub(super) struct AuthorWords {
    pub(super) name: String,
    pub(super) bio: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Issue {
    pub(super) number: i32,
    /// `None`: the one that it has, or one made of its week. An export has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slug: Option<String>,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    #[serde(serialize_with = "time", skip_serializing_if = "Option::is_none")]
    pub(super) published_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "by_locale")]
    pub(super) translations: ByLocale<IssueWords>,
}

#[derive(Debug, Serialize)]
pub(super) struct IssueWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article {
    pub(super) key: String,
    /// The issue's number.
    pub(super) issue: i32,
    pub(super) position: i32,
    /// The topic's slug.
    pub(super) topic: String,
    /// The authors' slugs, in the order of the byline.
    pub(super) authors: Vec<String>,
    #[serde(serialize_with = "trend", skip_serializing_if = "Option::is_none")]
    pub(super) trend: Option<Trend>,
    pub(super) original_locale: String,
    #[serde(serialize_with = "by_locale")]
    pub(super) translations: ByLocale<ArticleWords>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArticleWords {
    /// `None`: the one that it has, or one made of its title. An export has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slug: Option<String>,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) body: String,
    #[serde(serialize_with = "state", skip_serializing_if = "is_published")]
    pub(super) state: State,
    #[serde(serialize_with = "time", skip_serializing_if = "Option::is_none")]
    pub(super) published_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time", skip_serializing_if = "Option::is_none")]
    pub(super) updated_at: Option<DateTime<Utc>>,
}

/// What a record is about: its kind and its natural key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Publication,
    Topic(String),
    Author(String),
    Issue(i32),
    Article(String),
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Publication => formatter.write_str("publication"),
            Self::Topic(slug) => write!(formatter, "topic {slug:?}"),
            Self::Author(slug) => write!(formatter, "author {slug:?}"),
            Self::Issue(number) => write!(formatter, "issue {number}"),
            Self::Article(key) => write!(formatter, "article {key:?}"),
        }
    }
}

/// RFC 3339 in UTC, with as many digits of a second as it needs.
pub(super) fn rfc3339(time: DateTime<Utc>) -> String {
    let seconds = time.format("%Y-%m-%dT%H:%M:%S");
    let micros = time.nanosecond() / 1_000;
    if micros == 0 {
        return format!("{seconds}Z");
    }
    let digits = format!("{micros:06}");
    format!("{seconds}.{}Z", digits.trim_end_matches('0'))
}

fn by_locale<T: Serialize, S: Serializer>(
    values: &[(String, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(values.len()))?;
    for (locale, value) in values {
        map.serialize_entry(locale, value)?;
    }
    map.end()
}

fn time<S: Serializer>(time: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(rfc3339).serialize(serializer)
}

fn trend<S: Serializer>(trend: &Option<Trend>, serializer: S) -> Result<S::Ok, S::Error> {
    trend.map(|trend| trend.to_value()).serialize(serializer)
}

fn state<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    state.to_value().serialize(serializer)
}

fn is_published(state: &State) -> bool {
    *state == State::Published
}
