//! Where the website shows each thing: the templates of the publication's
//! `paths`, filled in.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::content::language::Translated;
use crate::graphql::scalar::Week;

/// A template for each kind of thing.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    issue: String,
    article: String,
    topic: String,
    author: String,
}

/// A thing in one locale, as far as its address goes.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    pub what: Translated,
    pub locale: &'a str,
    pub slug: &'a str,
    /// The issue and the topic that it stands in, where it does and the
    /// template needs them.
    pub place: Option<&'a Place>,
}

/// The issue and the topic that an article stands in; for an issue, itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The topic's slug; empty for an issue.
    pub topic: String,
    pub issue: String,
    pub number: i32,
    pub starts_on: NaiveDate,
}

/// What the template of a thing's path may have a place for.
#[must_use]
pub const fn placeholders(what: Translated) -> &'static [&'static str] {
    match what {
        Translated::Issue => &["locale", "slug", "issue", "number", "week"],
        Translated::Article => &["locale", "slug", "topic", "issue", "number", "week"],
        Translated::Topic => &["locale", "slug", "topic"],
        Translated::Author => &["locale", "slug"],
    }
}

impl Paths {
    /// The given templates, or those that stand in for absent ones.
    #[must_use]
    pub fn new(
        issue: Option<String>,
        article: Option<String>,
        topic: Option<String>,
        author: Option<String>,
    ) -> Self {
        let or = |path: Option<String>, default: &str| path.unwrap_or_else(|| default.to_owned());
        Self {
            issue: or(issue, "/{locale}/issues/{slug}"),
            article: or(article, "/{locale}/articles/{slug}"),
            topic: or(topic, "/{locale}/topics/{slug}"),
            author: or(author, "/{locale}/authors/{slug}"),
        }
    }

    /// The template for a kind of thing.
    #[must_use]
    pub fn template(&self, what: Translated) -> &str {
        match what {
            Translated::Issue => &self.issue,
            Translated::Article => &self.article,
            Translated::Topic => &self.topic,
            Translated::Author => &self.author,
        }
    }

    /// Whether an article's address names the issue or the topic.
    #[must_use]
    pub fn article_needs_place(&self) -> bool {
        ["{topic}", "{issue}", "{number}", "{week}"]
            .iter()
            .any(|name| self.article.contains(name))
    }

    /// The path of `shown`, each part percent-encoded (RFC 3986, section
    /// 2.1).
    #[must_use]
    pub fn path(&self, shown: Shown<'_>) -> String {
        let template = self.template(shown.what);
        let mut path = template
            .replace("{locale}", &encoded(shown.locale))
            .replace("{slug}", &encoded(shown.slug));
        if shown.what == Translated::Topic {
            path = path.replace("{topic}", &encoded(shown.slug));
        }
        if let Some(place) = shown.place {
            path = path
                .replace("{topic}", &encoded(&place.topic))
                .replace("{issue}", &encoded(&place.issue))
                .replace("{number}", &place.number.to_string())
                .replace("{week}", &Week::of(place.starts_on).to_string());
        }
        path
    }
}

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
