//! What is told of each kind of thing.

use std::io;
use std::sync::Arc;

use chrono_tz::Tz;
use serde::Serialize;

use super::card::Card;
use super::markup::Link;
use super::response::Response;
use super::size::{Most, Size};
use super::snippet::Snippet;
use super::subject::Thing;
use crate::app::App;
use crate::cache::tag::Tag;
use crate::content::article::ArticleRow;
use crate::content::author::{AuthorRow, AuthorsOf};
use crate::content::date_range::{DateRangeStyle, date_range};
use crate::content::issue::IssueRow;
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::content::topic::{TopicById, TopicRow};
use crate::delivery::feed::{IssueName, Subject, title_of};
use crate::delivery::json_ld::{news_article, publication_issue};
use crate::delivery::text::legal;
use crate::error::Error;
use crate::graphql::batch::{Batches, load};

/// Articles of an embed unless there is less room: as many as it shows of a feed
/// by itself, and as an issue usually has.
const IN_FEED: u32 = 5;
const IN_ISSUE: u32 = 8;

/// What an answer is made with, and for whom.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    /// Of the locale of the page, and of others for names that lack it.
    pub(super) reader: Reader,
    pub(super) batches: &'a Batches,
    pub(super) most: Most,
}

impl Desk<'_> {
    /// The answer about `thing`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(super) async fn response(&self, thing: &Thing) -> Result<Response, Arc<Error>> {
        let url = thing.url(&self.reader, self.batches).await?;
        match thing {
            Thing::Article(row) => self.article(row, url).await,
            Thing::Issue(row) => self.issue(row, url).await,
            Thing::Topic(row) => Ok(self.topic(row, url)?),
            Thing::Author(row) => Ok(self.author(row, url)?),
        }
    }

    async fn article(&self, row: &ArticleRow, url: String) -> Result<Response, Arc<Error>> {
        let (authors, topic, json_ld) = tokio::try_join!(
            self.authors(row),
            self.topic_of(row),
            news_article(row, &self.reader, self.batches),
        )?;
        let zone: Tz = self.reader.settings.time_zone.parse().unwrap_or(Tz::UTC);
        let day = row.public_at.with_timezone(&zone).date_naive();
        let card = Card {
            title: Link::new(&row.title, url, &row.locale),
            lead: legal(&row.lead),
            authors,
            topic,
            day: date_range(&row.locale, DateRangeStyle::Long, day, day),
            publication: self.publication(),
        };
        let (card, size) = card.fitted(self.most);
        let names: Vec<&str> = card.authors.iter().map(|author| &*author.text).collect();
        let only = card.authors.first().filter(|_| names.len() == 1);
        Ok(Response {
            author_name: Some(names.join(", ")).filter(|names| !names.is_empty()),
            author_url: only.map(|author| author.url.clone()),
            json_ld: Some(value(&json_ld)?),
            ..self.rich(card.title.text.clone(), card.html(), size)?
        })
    }

    async fn issue(&self, row: &IssueRow, url: String) -> Result<Response, Arc<Error>> {
        let json_ld = publication_issue(row, &self.reader, self.batches).await?;
        let (size, fitting) = self.most.of_articles(IN_ISSUE);
        let snippet = Snippet {
            element: "masthead-issue",
            of: ("number", row.number.to_string()),
            locales: self.locales(),
            // All of it, unless there is no room.
            limit: Some(fitting).filter(|fitting| *fitting < IN_ISSUE),
            page: Link::new(&title_of(row), url, &row.written.locale),
            subject: Subject::Issue(IssueName::Number(row.number)),
        };
        Ok(Response {
            json_ld: Some(value(&json_ld)?),
            ..self.embedded(&snippet, size)?
        })
    }

    fn topic(&self, row: &TopicRow, url: String) -> Result<Response, Error> {
        self.reader.notes.tag(Tag::Topic(row.id));
        self.feed(
            ("topic", &row.slug),
            Link::new(&row.name, url, &row.written.locale),
            Subject::Topic(row.slug.clone()),
        )
    }

    fn author(&self, row: &AuthorRow, url: String) -> Result<Response, Error> {
        self.reader.notes.tag(Tag::Author(row.id));
        let page = Link::new(&row.name, url.clone(), &row.written.locale);
        let name = page.text.clone();
        Ok(Response {
            author_name: Some(name),
            author_url: Some(url),
            ..self.feed(
                ("author", &row.slug),
                page,
                Subject::Author(row.slug.clone()),
            )?
        })
    }

    fn feed(
        &self,
        (of, slug): (&'static str, &str),
        page: Link,
        subject: Subject,
    ) -> Result<Response, Error> {
        let (size, fitting) = self.most.of_articles(IN_FEED);
        let snippet = Snippet {
            element: "masthead-feed",
            of: (of, slug.to_owned()),
            locales: self.locales(),
            limit: Some(fitting),
            page,
            subject,
        };
        self.embedded(&snippet, size)
    }

    fn embedded(&self, snippet: &Snippet, size: Size) -> Result<Response, Error> {
        self.rich(snippet.page.text.clone(), snippet.html(self.app), size)
    }

    fn rich(
        &self,
        title: String,
        html: io::Result<String>,
        Size { width, height }: Size,
    ) -> Result<Response, Error> {
        Ok(Response {
            kind: Response::RICH,
            version: Response::VERSION,
            title,
            author_name: None,
            author_url: None,
            provider_name: self.publication().map(|publication| publication.text),
            provider_url: self.reader.settings.url.clone(),
            cache_age: Response::CACHE_AGE,
            html: html.map_err(|error| Error::Internal(error.into()))?,
            width,
            height,
            json_ld: None,
        })
    }

    /// The publication; `None`: it has no name in the reader's locales.
    fn publication(&self) -> Option<Link> {
        let settings = &self.reader.settings;
        let (locale, name) = settings.name_for(&self.reader.locales)?;
        Some(Link::new(name, settings.url.clone(), locale))
    }

    fn locales(&self) -> Vec<String> {
        self.reader.locales.iter().map(str::to_owned).collect()
    }

    async fn authors(&self, row: &ArticleRow) -> Result<Vec<Link>, Arc<Error>> {
        let key = AuthorsOf {
            article: row.id,
            locales: self.reader.locales.clone(),
        };
        let authors = load(self.batches, key).await?.unwrap_or_default();
        let links = authors.iter().map(|author| {
            let locale = &author.written.locale;
            let url = self.reader.url(Shown {
                what: Translated::Author,
                locale,
                slug: &author.slug,
                place: None,
            });
            Link::new(&author.name, url, locale)
        });
        Ok(links.collect())
    }

    async fn topic_of(&self, row: &ArticleRow) -> Result<Option<Link>, Arc<Error>> {
        let key = TopicById {
            id: row.topic_id,
            locales: self.reader.locales.clone(),
        };
        let topic = load(self.batches, key).await?;
        Ok(topic.map(|topic| {
            let locale = &topic.written.locale;
            let url = self.reader.url(Shown {
                what: Translated::Topic,
                locale,
                slug: &topic.slug,
                place: None,
            });
            Link::new(&topic.name, url, locale)
        }))
    }
}

fn value(node: &impl Serialize) -> Result<serde_json::Value, Error> {
    serde_json::to_value(node).map_err(|error| Error::Internal(error.into()))
}
