//! A topic as clients see it.

use std::sync::Arc;

use async_graphql::resolver_utils::enum_value;
use async_graphql::{Context, ID, Object, Result, ScalarType as _, Value};

use crate::cache::tag::Tag;
use crate::content::article::{
    ArticleConnection, ArticleFilter, ArticleOrder, Parent, Standing, Trend, TrendPoint,
    articles_of, list_weight, series_of, series_weight, standing_of,
};
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::content::script::{Direction, direction, script};
use crate::content::topic::store::Row;
use crate::content::translation::{TopicTranslation, translations_of};
use crate::delivery::feed::{Feed, Subject, WEIGHT as FEEDS_WEIGHT, feeds_of};
use crate::graphql::id::encode;
use crate::graphql::page::{Page, cost};
use crate::graphql::ready::{Quick, Ready};
use crate::graphql::scalar::{Date, Locale, Moment, Slug};

/// What articles are about, in the locale that the reader is served.
#[derive(Clone, Debug)]
pub struct Topic {
    row: Arc<Row>,
    reader: Reader,
}

impl Topic {
    /// The topic of `row`, as `reader` is served it.
    #[must_use]
    pub fn new(row: Arc<Row>, reader: Reader) -> Self {
        reader.notes.tag(Tag::Topic(row.id));
        Self { row, reader }
    }

    fn address(&self) -> String {
        self.reader.url(Shown {
            what: Translated::Topic,
            locale: &self.row.written.locale,
            slug: &self.row.slug,
            place: None,
        })
    }

    async fn standing(&self, ctx: &Context<'_>, locales: Option<Vec<Locale>>) -> Result<Standing> {
        let reader = self.reader.or(locales)?;
        standing_of(ctx, self.row.id, &reader).await
    }
}

impl Ready for Topic {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let row = &*self.row;
        Some(match ctx.item.node.name.node.as_str() {
            "id" => encode("Topic", row.id).0.into(),
            "slug" => row.slug.as_str().into(),
            "name" => row.name.as_str().into(),
            "description" => row.description.as_str().into(),
            "position" => row.position.into(),
            "updatedAt" => Moment(row.written.updated_at).to_value(),
            "locale" => row.written.locale.as_str().into(),
            "isFallback" => self.reader.locales.is_fallback(&row.written.locale).into(),
            "direction" => enum_value(direction(&row.written.locale)),
            "url" => self.address().into(),
            _ => return None,
        })
    }
}

/// What articles are about, in the locale that the reader is served.
#[Object]
impl Topic {
    /// Its id, the same in every locale.
    pub async fn id(&self) -> ID {
        encode("Topic", self.row.id)
    }

    /// Its present slug, the same in every locale.
    async fn slug(&self) -> Slug {
        Slug(self.row.slug.clone())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What it covers; empty where nothing is said.
    async fn description(&self) -> &str {
        &self.row.description
    }

    /// The place that the publication gives it among its topics; several may
    /// share one.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// Feeds of the articles on it, for readers of the reader's locales: one of each
    /// kind.
    #[graphql(complexity = "cost(FEEDS_WEIGHT, child_complexity)")]
    async fn feeds(&self, ctx: &Context<'_>) -> Vec<Feed> {
        let subject = Subject::Topic(self.row.slug.clone());
        feeds_of(ctx, &self.reader, &subject, Some(&self.row.name))
    }

    /// When the words that are served were last changed.
    async fn updated_at(&self) -> Moment {
        Moment(self.row.written.updated_at)
    }

    /// How often the words that are served were written, from 1.
    async fn version(&self) -> i32 {
        self.row.written.version
    }

    /// How often its facts were written, from 1: what all its locales share.
    async fn facts_version(&self) -> i32 {
        self.row.facts_version
    }

    /// The locale that it is served in.
    async fn locale(&self) -> Locale {
        Locale(self.row.written.locale.clone())
    }

    /// Whether it is not served in the reader's first locale.
    async fn is_fallback(&self) -> bool {
        self.reader.locales.is_fallback(&self.row.written.locale)
    }

    /// Which way the words that are served run.
    async fn direction(&self) -> Direction {
        direction(&self.row.written.locale)
    }

    /// The script that the words that are served are in, by its code of ISO 15924, such as `Cyrl`;
    /// `null` where the language's is not known.
    async fn script(&self) -> Option<String> {
        script(&self.row.written.locale)
    }

    /// Where the website shows it in the locale that is served.
    async fn url(&self) -> String {
        self.address()
    }

    /// Its words in every locale, in the publication's order, whatever the
    /// reader's locales: for a language switcher and `hreflang`.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<TopicTranslation>> {
        let rows = translations_of(ctx, Translated::Topic, self.row.id, &self.reader).await?;
        Ok(rows.into_iter().map(TopicTranslation::new).collect())
    }

    /// What happened to it in its newest issue: of those that exist for the
    /// reader and have an article on it, the one that started last. `null` where
    /// that makes no assessment, or there is none.
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the topic's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Trend>> {
        self.standing(ctx, locales)
            .await
            .map(|standing| standing.trend.map(Trend::from))
            .transpose()
    }

    /// How many of its issues in a row make the assessment `trend`, the newest
    /// among them; 0 where `trend` is `null`. Issues without an article on it
    /// neither count nor end the row; one that makes no assessment ends it.
    async fn trend_streak(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the topic's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Result<i32> {
        let standing = self.standing(ctx, locales).await?;
        Ok(i32::try_from(standing.streak).unwrap_or(i32::MAX))
    }

    /// What happened to it over time: a point for each issue that has an
    /// article on it, oldest first. More than 1,000 are an error: narrow them
    /// by `from` and `to`. A query that has both counts a point a week for its
    /// complexity, another one 1,000.
    #[graphql(complexity = "cost(series_weight(from, to), child_complexity)")]
    async fn trend_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of issues that start on this day or later.")] from: Option<Date>,
        #[graphql(desc = "Of issues that start on this day or earlier.")] to: Option<Date>,
        #[graphql(desc = "Other locales than the topic's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Result<Vec<TrendPoint>> {
        let reader = self.reader.or(locales)?;
        series_of(ctx, self.row.id, (from, to), &reader).await
    }

    /// The articles on it, the newest first unless told.
    #[graphql(complexity = "cost(list_weight(first, last), child_complexity)")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the topic's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<ArticleFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7. Without: `PUBLISHED_AT` descending."
        )]
        order_by: Option<Vec<ArticleOrder>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Quick<ArticleConnection>> {
        let reader = self.reader.or(locales)?;
        let page = Page::try_new(first, after, last, before)?;
        let parent = (Parent::Topic, self.row.id);
        articles_of(ctx, parent, &reader, filter, order_by, page).await
    }
}
