//! Issues.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::content::Content;
use super::words::Words;

/// The issue `issue-{number}`. Issue 1 is of the week of Monday, 6 January
/// 2020, and each next one of the week after. An issue comes out on the Monday
/// after its week.
#[must_use]
pub fn issue(number: u32) -> Issue {
    Issue {
        number,
        slug: None,
        dates: None,
        published: Published::AfterTheWeek,
        words: Words::default(),
    }
}

/// A week.
#[derive(Clone, Debug)]
pub struct Issue {
    pub(super) number: u32,
    slug: Option<String>,
    dates: Option<(String, String)>,
    published: Published,
    words: Words,
}

#[derive(Clone, Debug)]
enum Published {
    AfterTheWeek,
    At(String),
    Never,
}

impl Issue {
    /// Its slug.
    #[must_use]
    pub fn slug(mut self, slug: &str) -> Self {
        self.slug = Some(slug.to_owned());
        self
    }

    /// Its first and its last day, such as `2021-02-08` and `2021-02-14`.
    #[must_use]
    pub fn dates(mut self, starts_on: &str, ends_on: &str) -> Self {
        self.dates = Some((starts_on.to_owned(), ends_on.to_owned()));
        self
    }

    /// When it came out, such as `2021-02-15T09:00:00Z`.
    #[must_use]
    pub fn published_at(mut self, time: &str) -> Self {
        self.published = Published::At(time.to_owned());
        self
    }

    /// It has not come out, and so no reader sees any of it.
    #[must_use]
    pub fn unpublished(mut self) -> Self {
        self.published = Published::Never;
        self
    }

    /// Its title in one locale.
    #[must_use]
    pub fn title(mut self, locale: &str, title: &str) -> Self {
        self.words.set(locale, "title", title);
        self
    }

    /// Translated into one locale, but without a title there.
    #[must_use]
    pub fn untitled(mut self, locale: &str) -> Self {
        self.words.set(locale, "title", Value::Null);
        self
    }

    /// Translated into these locales alone.
    #[must_use]
    pub fn only_in<'a>(mut self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.only_in(locales);
        self
    }

    /// The issue and the articles in it.
    #[must_use]
    pub fn with(self, content: impl Into<Content>) -> Content {
        let number = self.number;
        let articles = content.into().each_article(|article| {
            article.issue.get_or_insert(number);
        });
        Content::from(self).with(articles)
    }

    pub(super) fn render(&self, locales: &[String]) -> Value {
        let number = self.number;
        let (starts_on, ends_on) = self.dates.clone().unwrap_or_else(|| week(number));
        let published_at = match &self.published {
            Published::AfterTheWeek => Some(the_day_after(&ends_on)),
            Published::At(time) => Some(time.clone()),
            Published::Never => None,
        };
        let slug = self.slug.clone();
        let mut record = json!({
            "kind": "issue",
            "number": number,
            "slug": slug.unwrap_or_else(|| format!("issue-{number}")),
            "startsOn": starts_on,
            "endsOn": ends_on,
            "translations": self.words.render(locales, |locale| [
                ("title", format!("Issue {number} {locale}").into()),
            ]),
        });
        if let Some(time) = published_at {
            record["publishedAt"] = time.into();
        }
        record
    }
}

fn week(number: u32) -> (String, String) {
    let first = NaiveDate::from_ymd_opt(2020, 1, 6).expect("it is a date");
    let weeks = u64::from(number).saturating_sub(1);
    let starts_on = first + Days::new(7 * weeks);
    let ends_on = starts_on + Days::new(6);
    (starts_on.to_string(), ends_on.to_string())
}

fn the_day_after(ends_on: &str) -> String {
    match ends_on.parse::<NaiveDate>() {
        Ok(date) => format!("{}T09:00:00Z", date + Days::new(1)),
        // Whatever a test means by it, the import is to judge.
        Err(_) => format!("{ends_on}T09:00:00Z"),
    }
}
