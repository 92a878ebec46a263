//! Articles.

use masthead_entities::article::Trend;
use sea_orm::ActiveEnum;
use serde_json::{Value, json};

use super::words::Words;

/// The topic of articles that name none.
pub(super) const TOPIC: &str = "general";
/// The issue of articles that name none.
pub(super) const ISSUE: u32 = 1;

/// An article. Its slug in every locale is the key; its title in `en` is the
/// key and `en`, and so on.
#[must_use]
pub fn article(key: &str) -> Article {
    Article {
        key: key.to_owned(),
        issue: None,
        position: None,
        topic: None,
        authors: None,
        trend: None,
        original: None,
        published_at: None,
        words: Words::default(),
    }
}

/// A story in one issue.
#[derive(Clone, Debug)]
pub struct Article {
    pub(super) key: String,
    pub(super) issue: Option<u32>,
    pub(super) position: Option<usize>,
    pub(super) topic: Option<String>,
    pub(super) authors: Option<Vec<String>>,
    trend: Option<Trend>,
    original: Option<String>,
    published_at: Option<String>,
    words: Words,
}

impl Article {
    /// The issue it is in, by number; 1 unless told.
    #[must_use]
    pub fn in_issue(mut self, number: u32) -> Self {
        self.issue = Some(number);
        self
    }

    /// Its place in the issue; the first free one unless told.
    #[must_use]
    pub fn position(mut self, position: usize) -> Self {
        self.position = Some(position);
        self
    }

    /// What it is about, by slug; `general` unless told.
    #[must_use]
    pub fn topic(mut self, slug: &str) -> Self {
        self.topic = Some(slug.to_owned());
        self
    }

    /// Who wrote it, by slug, in byline order; nobody unless told.
    #[must_use]
    pub fn by<'a>(mut self, authors: impl IntoIterator<Item = &'a str>) -> Self {
        self.authors = Some(authors.into_iter().map(str::to_owned).collect());
        self
    }

    /// What happened to its topic; nothing is said unless told.
    #[must_use]
    pub fn trend(mut self, trend: Trend) -> Self {
        self.trend = Some(trend);
        self
    }

    /// The locale it was written in; the publication's first that it has
    /// unless told.
    #[must_use]
    pub fn original(mut self, locale: &str) -> Self {
        self.original = Some(locale.to_owned());
        self
    }

    /// Translated into these locales alone, and those that a field is set in.
    #[must_use]
    pub fn only_in<'a>(mut self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.only_in(locales);
        self
    }

    /// A draft in one locale.
    #[must_use]
    pub fn draft(mut self, locale: &str) -> Self {
        self.words.set(locale, "state", "DRAFT");
        self
    }

    /// In review in one locale.
    #[must_use]
    pub fn in_review(mut self, locale: &str) -> Self {
        self.words.set(locale, "state", "IN_REVIEW");
        self
    }

    /// When it came out in every locale, such as `2021-02-15T09:00:00Z`; with
    /// its issue unless told.
    #[must_use]
    pub fn published_at(mut self, time: &str) -> Self {
        self.published_at = Some(time.to_owned());
        self
    }

    /// When it came out in one locale.
    #[must_use]
    pub fn published_in_at(mut self, locale: &str, time: &str) -> Self {
        self.words.set(locale, "publishedAt", time);
        self
    }

    /// Its slug in one locale.
    #[must_use]
    pub fn slug(mut self, locale: &str, slug: &str) -> Self {
        self.words.set(locale, "slug", slug);
        self
    }

    /// Its title in one locale.
    #[must_use]
    pub fn title(mut self, locale: &str, title: &str) -> Self {
        self.words.set(locale, "title", title);
        self
    }

    /// Its lead in one locale.
    #[must_use]
    pub fn lead(mut self, locale: &str, lead: &str) -> Self {
        self.words.set(locale, "lead", lead);
        self
    }

    /// Its body in one locale, in CommonMark.
    #[must_use]
    pub fn body(mut self, locale: &str, body: &str) -> Self {
        self.words.set(locale, "body", body);
        self
    }

    pub(super) fn issue_number(&self) -> u32 {
        self.issue.unwrap_or(ISSUE)
    }

    pub(super) fn topic_slug(&self) -> &str {
        self.topic.as_deref().unwrap_or(TOPIC)
    }

    pub(super) fn render(&self, place: usize, locales: &[String]) -> Value {
        let key = &self.key;
        let written_in = self.words.locales(locales);
        let original = self.original.clone().or_else(|| {
            let first = locales.iter().find(|locale| written_in.contains(*locale));
            first.or(written_in.first()).cloned()
        });
        let mut record = json!({
            "kind": "article",
            "key": key,
            "issue": self.issue_number(),
            "position": place,
            "topic": self.topic_slug(),
            "authors": self.authors.clone().unwrap_or_default(),
            "originalLocale": original,
            "translations": self.words.render(locales, |locale| [
                ("slug", key.as_str().into()),
                ("title", format!("{key} {locale}").into()),
                ("lead", format!("The lead of {key} in {locale}").into()),
                ("body", format!("The body of *{key}* in {locale}.").into()),
                ("publishedAt", self.published_at.clone().into()),
            ]),
        });
        if let Some(trend) = self.trend {
            record["trend"] = trend.to_value().into();
        }
        record
    }
}
