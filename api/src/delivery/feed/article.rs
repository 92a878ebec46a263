//! Articles as entries of a feed.

use std::sync::Arc;

use chrono_tz::Tz;
use futures_util::future::try_join_all;
use masthead_entities::article_correction::Model as Correction;
use sea_orm::ActiveEnum as _;
use url::Url;

use super::address::Content;
use super::entry::{Category, Entry, Person};
use super::identity::Identity;
use crate::app::App;
use crate::cache::tag::Tag;
use crate::content::article::{ArticleRow, article_url};
use crate::content::author::{AuthorRow, AuthorsOf};
use crate::content::correction::CorrectionsOf;
use crate::content::language::{Translated, since};
use crate::content::publication::{Reader, Shown};
use crate::content::rich_text::{RichText, absolute_html};
use crate::content::topic::TopicById;
use crate::delivery::text::{as_html, legal};
use crate::error::Error;
use crate::graphql::batch::{Batches, load};
use crate::graphql::keyset::Slice;

/// What a feed is read by, and for whom.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) reader: Reader,
    pub(super) batches: Batches,
}

impl Desk<'_> {
    /// The entries of these articles: a statement for each kind of thing that
    /// hangs on them.
    pub(super) async fn entries(
        &self,
        articles: Slice<ArticleRow>,
        content: Content,
    ) -> Result<Vec<Entry>, Arc<Error>> {
        let articles = articles.items.into_iter();
        try_join_all(articles.map(|(_, row)| self.entry(row, content))).await
    }

    async fn entry(&self, row: ArticleRow, content: Content) -> Result<Entry, Arc<Error>> {
        let notes = &self.reader.notes;
        notes.dated_tag(Tag::Article(row.id), since(row.public_at));
        let text = RichText::new(
            row.translation_id,
            Arc::clone(&row.texts),
            self.reader.clone(),
        );
        let (url, summary, authors, topic, corrections, html) = tokio::try_join!(
            article_url(&row, &self.reader, &self.batches),
            self.summary(&row, &text),
            self.authors(&row),
            self.topic(&row),
            self.corrections(&row),
            self.html(&text, content),
        )?;
        let corrected = corrections.iter().map(|correction| correction.corrected_at);
        let html = html.map(|html| {
            let html = html + &self.corrected(&corrections);
            let base = Url::parse(&url);
            legal(&base.map_or_else(|_| html.clone(), |base| absolute_html(&html, &base)))
        });
        Ok(Entry {
            id: Identity::new(&self.reader.settings.first_url).of_article(&row.key),
            url,
            title: legal(&row.title),
            summary: legal(&summary),
            html,
            authors,
            categories: topic.into_iter().chain(self.trend(&row)).collect(),
            published: row.public_at,
            updated: corrected
                .chain([row.public_at, row.updated_at])
                .max()
                .unwrap_or(row.updated_at),
            locale: row.locale,
            enclosures: Vec::new(),
        })
    }

    /// The lead; without one, how the text begins.
    async fn summary(&self, row: &ArticleRow, text: &RichText) -> Result<String, Arc<Error>> {
        if row.lead.is_empty() {
            text.usual_excerpt(&self.batches).await
        } else {
            Ok(row.lead.clone())
        }
    }

    async fn html(&self, text: &RichText, content: Content) -> Result<Option<String>, Arc<Error>> {
        match content {
            Content::Summary => Ok(None),
            Content::Full => text.resolved_html(&self.batches).await.map(Some),
        }
    }

    async fn authors(&self, row: &ArticleRow) -> Result<Vec<Person>, Arc<Error>> {
        let key = AuthorsOf {
            article: row.id,
            locales: self.reader.locales.clone(),
        };
        let authors = load(&self.batches, key).await?.unwrap_or_default();
        Ok(authors.iter().map(|author| self.person(author)).collect())
    }

    fn person(&self, author: &AuthorRow) -> Person {
        self.reader.notes.tag(Tag::Author(author.id));
        Person {
            name: legal(&author.name),
            url: self.reader.url(Shown {
                what: Translated::Author,
                locale: &author.written.locale,
                slug: &author.slug,
                place: None,
            }),
        }
    }

    async fn topic(&self, row: &ArticleRow) -> Result<Option<Category>, Arc<Error>> {
        self.reader.notes.tag(Tag::Topic(row.topic_id));
        let key = TopicById {
            id: row.topic_id,
            locales: self.reader.locales.clone(),
        };
        let topic = load(&self.batches, key).await?;
        Ok(topic.map(|topic| Category {
            term: legal(&topic.slug),
            scheme: self.scheme("Topic"),
            label: legal(&topic.name),
        }))
    }

    fn trend(&self, row: &ArticleRow) -> Option<Category> {
        let trend = row.trend?.to_value();
        Some(Category {
            term: trend.clone(),
            scheme: self.scheme("Trend"),
            label: trend,
        })
    }

    /// What terms are of: a type of the schema, where it is described.
    fn scheme(&self, type_name: &str) -> String {
        format!("{}/schema.graphql#{type_name}", self.app.public_url)
    }

    async fn corrections(&self, row: &ArticleRow) -> Result<Vec<Correction>, Arc<Error>> {
        let corrections = CorrectionsOf(row.translation_id);
        let found = self.batches.load_one(corrections).await?;
        Ok(found.unwrap_or_default())
    }

    /// What was corrected, after the text, each with its day.
    fn corrected(&self, corrections: &[Correction]) -> String {
        if corrections.is_empty() {
            return String::new();
        }
        let zone: Tz = self.reader.settings.time_zone.parse().unwrap_or(Tz::UTC);
        let paragraphs = corrections.iter().map(|correction| {
            let day = correction.corrected_at.with_timezone(&zone).date_naive();
            let text = as_html(&correction.text);
            format!("<p><strong>{day}</strong> {text}</p>\n")
        });
        format!("<hr>\n{}", paragraphs.collect::<String>())
    }
}
