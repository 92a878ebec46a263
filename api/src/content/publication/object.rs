//! The publication as clients see it.

use async_graphql::{Context, Object, SimpleObject};

use crate::content::language::Translated;
use crate::content::publication::reader::Reader;
use crate::content::script::{Direction, direction, script};
use crate::delivery::feed::{Feed, Subject, WEIGHT as FEEDS_WEIGHT, feeds_of};
use crate::graphql::page::cost;
use crate::graphql::scalar::Locale;

/// The one publication that this API serves.
#[derive(Clone, Debug)]
pub struct Publication {
    pub(super) reader: Reader,
}

/// A locale that the publication publishes in.
#[derive(Clone, Debug, SimpleObject)]
pub struct PublicationLocale {
    /// Its tag.
    tag: Locale,
    /// Which way its script runs.
    direction: Direction,
    /// Its script, by its code of ISO 15924, such as `Cyrl`; `null` where the
    /// language's is not known.
    script: Option<String>,
    /// Whether it is the publication's default.
    is_default: bool,
    /// The publication's name in it; `null` where it has none.
    name: Option<String>,
    /// What the publication says of itself in it; `null` where it says
    /// nothing.
    description: Option<String>,
}

/// Where the website shows each thing: templates, in which `{locale}`, `{slug}`
/// and the like stand for what the thing has.
#[derive(Clone, Debug, SimpleObject)]
pub struct PublicationPaths {
    /// An issue.
    issue: String,
    /// An article.
    article: String,
    /// A topic.
    topic: String,
    /// An author.
    author: String,
}

/// The one publication that this API serves.
#[Object]
impl Publication {
    /// Its name, in the first of the reader's locales that has one; `null`
    /// where none has.
    async fn name(&self) -> Option<&str> {
        self.named().map(|(_, name)| name)
    }

    /// What it says of itself, in the first of the reader's locales that has
    /// it; `null` where none has.
    async fn description(&self) -> Option<&str> {
        let settings = &self.reader.settings;
        let described = settings.description_for(&self.reader.locales);
        described.map(|(_, description)| description)
    }

    /// The locale that the name is served in; the reader's first where there
    /// is none.
    async fn locale(&self) -> Locale {
        Locale(self.served().to_owned())
    }

    /// Whether the name is not served in the reader's first locale.
    async fn is_fallback(&self) -> bool {
        self.reader.locales.is_fallback(self.served())
    }

    /// Which way the name runs.
    async fn direction(&self) -> Direction {
        direction(self.served())
    }

    /// The script that the name is in, by its code of ISO 15924, such as
    /// `Cyrl`; `null` where the language's is not known.
    async fn script(&self) -> Option<String> {
        script(self.served())
    }

    /// The locales that it publishes in, in its order.
    async fn locales(&self) -> Vec<PublicationLocale> {
        let settings = &self.reader.settings;
        settings
            .locales
            .iter()
            .zip(settings.names.iter().zip(&settings.descriptions))
            .map(|(tag, (name, description))| PublicationLocale {
                tag: Locale(tag.clone()),
                direction: direction(tag),
                script: script(tag),
                is_default: *tag == settings.default_locale,
                name: name.clone(),
                description: description.clone(),
            })
            .collect()
    }

    /// The locale of a reader who prefers none.
    async fn default_locale(&self) -> Locale {
        Locale(self.reader.settings.default_locale.clone())
    }

    /// Where its days begin and end: an IANA time zone, such as
    /// `Europe/Minsk`.
    async fn time_zone(&self) -> &str {
        &self.reader.settings.time_zone
    }

    /// The address of its website, without a trailing slash.
    async fn url(&self) -> &str {
        &self.reader.settings.url
    }

    /// Where its website shows each thing.
    async fn paths(&self) -> PublicationPaths {
        let paths = &self.reader.settings.paths;
        let template = |what| paths.template(what).to_owned();
        PublicationPaths {
            issue: template(Translated::Issue),
            article: template(Translated::Article),
            topic: template(Translated::Topic),
            author: template(Translated::Author),
        }
    }

    /// Feeds of all articles, for readers of the reader's locales: one of each
    /// kind.
    #[graphql(complexity = "cost(FEEDS_WEIGHT, child_complexity)")]
    async fn feeds(&self, ctx: &Context<'_>) -> Vec<Feed> {
        feeds_of(ctx, &self.reader, &Subject::Articles, None)
    }

    /// How often its facts and its locales were written, from 1.
    async fn version(&self) -> i32 {
        self.reader.settings.version
    }
}

impl Publication {
    fn named(&self) -> Option<(&str, &str)> {
        self.reader.settings.name_for(&self.reader.locales)
    }

    fn served(&self) -> &str {
        let first = self.reader.locales.first();
        self.named()
            .map(|(locale, _)| locale)
            .or(first)
            .unwrap_or_default()
    }
}
