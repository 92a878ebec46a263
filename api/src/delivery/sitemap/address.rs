//! Addresses of sitemaps.

use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};

use crate::content::language::Translated;
use crate::delivery::Document;

/// A sitemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// All others: `/sitemap.xml`.
    Index,
    /// What was published since this time, for news: `/sitemaps/news.xml`.
    News(DateTime<Utc>),
    /// One kind of thing.
    Things {
        what: Translated,
        /// The year that their issue begins in, of articles.
        year: Option<i32>,
        /// From 1: there are more where one would be too large.
        part: u32,
    },
}

/// How long something is news.
const NEWS: Duration = Duration::days(2);

/// For how long the same is news, so that it need not be made for each request.
const STEP: i64 = 15 * 60;

impl Address {
    /// The sitemap that a path is of, at the time `now`.
    ///
    /// # Errors
    /// The answer, where it is none.
    pub fn parse(path: &str, now: DateTime<Utc>) -> Result<Self, Box<Document>> {
        if path == "/sitemap.xml" {
            return Ok(Self::Index);
        }
        let name = path
            .strip_prefix("/sitemaps/")
            .and_then(|file| file.strip_suffix(".xml"));
        let found = name.and_then(|name| match name {
            "news" => Some(Self::News(news_since(now))),
            name => Self::of_things(name),
        });
        found.ok_or_else(|| {
            let message = "there is no such sitemap; /sitemap.xml lists all";
            Box::new(not_found(message))
        })
    }

    fn of_things(name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let what = match parts.next()? {
            "articles" => Translated::Article,
            "issues" => Translated::Issue,
            "topics" => Translated::Topic,
            "authors" => Translated::Author,
            _ => return None,
        };
        let year = match what {
            Translated::Article => Some(number(parts.next()?)?),
            _ => None,
        };
        let part = match parts.next() {
            None => 1,
            Some(part) => number(part).filter(|part| *part > 1)?,
        };
        let is_all = parts.next().is_none();
        is_all.then_some(Self::Things { what, year, part })
    }

    /// The path of it.
    #[must_use]
    pub fn path(self) -> String {
        let (what, year, part) = match self {
            Self::Index => return "/sitemap.xml".to_owned(),
            Self::News(_) => return "/sitemaps/news.xml".to_owned(),
            Self::Things { what, year, part } => (what, year, part),
        };
        let what = what.noun();
        let year = year.map(|year| format!("-{year}")).unwrap_or_default();
        let part = match part {
            1 => String::new(),
            part => format!("-{part}"),
        };
        format!("/sitemaps/{what}s{year}{part}.xml")
    }

    /// What it is found by: equal for sitemaps that are equal as long as nothing
    /// changes.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::News(since) => format!("{} {}", self.path(), since.timestamp()),
            _ => self.path(),
        }
    }

    /// Whether it changes with the time alone.
    #[must_use]
    pub const fn is_timely(self) -> bool {
        matches!(self, Self::News(_))
    }
}

/// There is no such sitemap, for this reason.
pub(super) fn not_found(message: &str) -> Document {
    let media_type = "text/plain; charset=utf-8";
    Document::refused(StatusCode::NOT_FOUND, media_type, format!("{message}\n"))
}

/// Since when what is published is news at `now`: never for longer than it is.
fn news_since(now: DateTime<Utc>) -> DateTime<Utc> {
    let step = now.timestamp().div_euclid(STEP) + 1;
    let until = DateTime::from_timestamp(step * STEP, 0).unwrap_or(now);
    until - NEWS
}

/// A number in its one spelling.
fn number<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    let number: T = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn each_sitemap_has_one_path() {
        let now = "2021-03-10T12:07:30Z".parse().unwrap();
        for path in [
            "/sitemap.xml",
            "/sitemaps/news.xml",
            "/sitemaps/articles-2021.xml",
            "/sitemaps/articles-2021-2.xml",
            "/sitemaps/issues.xml",
            "/sitemaps/topics-3.xml",
            "/sitemaps/authors.xml",
        ] {
            assert_eq!(Address::parse(path, now).unwrap().path(), path);
        }
        for wrong in [
            "/sitemaps/articles.xml",
            "/sitemaps/articles-02021.xml",
            "/sitemaps/articles-2021-1.xml",
            "/sitemaps/articles-2021-0.xml",
            "/sitemaps/articles-2021-2-3.xml",
            "/sitemaps/issues-1.xml",
            "/sitemaps/things.xml",
            "/sitemaps/news",
        ] {
            assert!(Address::parse(wrong, now).is_err(), "{wrong}");
        }
    }

    #[test]
    fn news_are_two_days_old_at_most() {
        let news = |now: &str| Address::parse("/sitemaps/news.xml", now.parse().unwrap()).unwrap();
        let since = |time: &str| Address::News(time.parse().unwrap());

        let expected = since("2021-03-08T12:15:00Z");
        assert_eq!(news("2021-03-10T12:00:00Z"), expected);
        assert_eq!(news("2021-03-10T12:14:59Z"), expected);
        assert_ne!(news("2021-03-10T12:15:00Z"), expected);
    }
}
