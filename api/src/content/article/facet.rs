//! What the articles of a list have in common, with counts.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::connection::EmptyFields;
use async_graphql::{Context, Object, Result, SimpleObject};
use masthead_entities::article::Trend as StoredTrend;
use sea_orm::Iterable as _;

use crate::cache::tag::Tag;
use crate::content::article::filter::Trend;
use crate::content::article::loader::{FacetOf, Listed};
use crate::content::article::object::Article;
use crate::content::article::store::{Counted, Facet};
use crate::content::author::{Author, AuthorById};
use crate::content::publication::Reader;
use crate::content::topic::{Topic, TopicById};
use crate::graphql::connection::{Connection, Kind};
use crate::graphql::context::ContextExt as _;
use crate::graphql::page::{at_most, cost, weight, weight_at_most};
use crate::graphql::scalar::Locale;

/// A list of articles, with its facets.
pub type ArticleConnection = Connection<Article, Articles>;

/// A list that tells what its articles have in common.
#[derive(Clone, Copy, Debug)]
pub struct Articles;

/// What a list of articles tells beside what all lists tell.
#[derive(Clone, Debug)]
pub struct Faceted(ArticleFacets);

/// What the articles of a list have in common: of the whole list, whatever its
/// page.
#[derive(Clone, Debug)]
pub struct ArticleFacets {
    listed: Listed,
    reader: Reader,
}

/// How many articles of a list are on a topic.
#[derive(Clone, Debug, SimpleObject)]
pub struct TopicFacet {
    /// The topic.
    topic: Topic,
    /// How many articles are on it, at least 1.
    count: i32,
}

/// How many articles of a list someone wrote, alone or with others.
#[derive(Clone, Debug, SimpleObject)]
pub struct AuthorFacet {
    /// The author.
    author: Author,
    /// How many articles they wrote, at least 1.
    count: i32,
}

/// How many articles of a list make the same assessment.
#[derive(Clone, Debug, SimpleObject)]
pub struct TrendFacet {
    /// What happened to the topic; `null`: the articles make no assessment.
    trend: Option<Trend>,
    /// How many articles say so, at least 1.
    count: i32,
}

/// How many articles of a list are of issues that begin in a year.
#[derive(Clone, Debug, SimpleObject)]
pub struct YearFacet {
    /// The year.
    year: i32,
    /// How many articles are of it, at least 1.
    count: i32,
}

/// How many articles of a list are served in a locale.
#[derive(Clone, Debug, SimpleObject)]
pub struct LocaleFacet {
    /// The locale.
    locale: Locale,
    /// How many articles are served in it, at least 1.
    count: i32,
}

impl Kind for Articles {
    type Fields = Faceted;
    type EdgeFields = EmptyFields;
}

impl Faceted {
    /// The facets of the articles that a field lists, as `reader` is served
    /// them.
    #[must_use]
    pub const fn new(listed: Listed, reader: Reader) -> Self {
        Self(ArticleFacets { listed, reader })
    }
}

/// What a list of articles tells beside what all lists tell.
#[Object]
impl Faceted {
    /// What its articles have in common, with counts: of the whole list,
    /// whatever its page. Only what is selected is counted.
    #[graphql(complexity = "child_complexity.div_ceil(FEWEST)")]
    async fn facets(&self) -> &ArticleFacets {
        &self.0
    }
}

/// What the articles of a list have in common: of the whole list, whatever its
/// page.
///
/// Each facet ignores what the list's filter asks of the facet's own field
/// (`topic`, `authors`, `trend`, `year`, `locale`), at the top and in `and`, so
/// that it tells what else could be chosen. It obeys all else: the other
/// fields, `or` and `not` with all that is in them, and the reader's locales.
#[Object]
impl ArticleFacets {
    /// The topics of the articles by count, the largest first, then by position.
    /// Topics without words in the reader's locales are left out.
    #[graphql(complexity = "cost(weight_at_most(MOST, first), child_complexity)")]
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, from 1 to 100.", default_with = "Some(100)")]
        first: Option<i32>,
    ) -> Result<Vec<TopicFacet>> {
        self.reader.notes.tag(Tag::Topics);
        let counts = self
            .counts(ctx, Facet::Topic, at_most(MOST, first)?)
            .await?;
        let keys = counts.iter().map(|counted| TopicById {
            id: counted.value,
            locales: self.reader.locales.clone(),
        });
        let topics = ctx.batches().load_many(keys).await?;
        let topics: HashMap<i64, _> = topics.into_values().map(|row| (row.id, row)).collect();
        let facets = counts.iter().filter_map(|counted| {
            let topic = Arc::clone(topics.get(&counted.value)?);
            Some(TopicFacet {
                topic: Topic::new(topic, self.reader.clone()),
                count: count(counted),
            })
        });
        Ok(facets.collect())
    }

    /// Who wrote the articles, by count, the largest first, then by name.
    /// Authors without words in the reader's locales are left out.
    #[graphql(complexity = "cost(weight_at_most(MOST, first), child_complexity)")]
    async fn authors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, from 1 to 100.", default_with = "Some(100)")]
        first: Option<i32>,
    ) -> Result<Vec<AuthorFacet>> {
        self.reader.notes.tag(Tag::Authors);
        let counts = self
            .counts(ctx, Facet::Author, at_most(MOST, first)?)
            .await?;
        let keys = counts.iter().map(|counted| AuthorById {
            id: counted.value,
            locales: self.reader.locales.clone(),
        });
        let authors = ctx.batches().load_many(keys).await?;
        let authors: HashMap<i64, _> = authors.into_values().map(|row| (row.id, row)).collect();
        let facets = counts.iter().filter_map(|counted| {
            let author = Arc::clone(authors.get(&counted.value)?);
            Some(AuthorFacet {
                author: Author::new(author, self.reader.clone()),
                count: count(counted),
            })
        });
        Ok(facets.collect())
    }

    /// The assessments that the articles make, by count, the largest first,
    /// then in the order of `Trend`.
    #[graphql(complexity = "cost(4, child_complexity)")]
    async fn trends(&self, ctx: &Context<'_>) -> Result<Vec<TrendFacet>> {
        let counts = self.counts(ctx, Facet::Trend, MOST).await?;
        let trends: Vec<Trend> = StoredTrend::iter().map(Trend::from).collect();
        let facets = counts.iter().map(|counted| TrendFacet {
            trend: place(counted).and_then(|place| trends.get(place).copied()),
            count: count(counted),
        });
        Ok(facets.collect())
    }

    /// The years that the articles' issues begin in, by count, the largest
    /// first, then the newest first.
    #[graphql(complexity = "cost(weight_at_most(MOST, first), child_complexity)")]
    async fn years(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, from 1 to 100.", default_with = "Some(100)")]
        first: Option<i32>,
    ) -> Result<Vec<YearFacet>> {
        self.reader.notes.tag(Tag::Issues);
        let counts = self.counts(ctx, Facet::Year, at_most(MOST, first)?).await?;
        let facets = counts.iter().map(|counted| YearFacet {
            year: i32::try_from(counted.value).unwrap_or(i32::MAX),
            count: count(counted),
        });
        Ok(facets.collect())
    }

    /// The locales that the articles are served in, by count, the largest
    /// first, then in the reader's order.
    #[graphql(complexity = "cost(10, child_complexity)")]
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<LocaleFacet>> {
        let counts = self.counts(ctx, Facet::Locale, MOST).await?;
        let facets = counts.iter().filter_map(|counted| {
            let tag = self.reader.locales.iter().nth(place(counted)?)?;
            Some(LocaleFacet {
                locale: Locale(tag.to_owned()),
                count: count(counted),
            })
        });
        Ok(facets.collect())
    }
}

impl ArticleFacets {
    async fn counts(&self, ctx: &Context<'_>, facet: Facet, first: u32) -> Result<Arc<[Counted]>> {
        let key = FacetOf {
            listed: self.listed.clone(),
            facet,
            first,
        };
        Ok(ctx.batches().load_one(key).await?.unwrap_or_default())
    }
}

/// How many articles a list may hold, for the complexity of a query: at least
/// [`FEWEST`].
///
/// What is selected of a list counts once for each article, and its facets are
/// selected of the list: so they count a part of what they are, which no list
/// holds fewer articles than.
#[must_use]
pub fn list_weight(first: Option<i32>, last: Option<i32>) -> usize {
    weight(first, last).max(FEWEST)
}

/// The fewest articles that a list counts as.
const FEWEST: usize = 10;

/// The most values that a facet tells.
const MOST: u32 = 100;

fn count(counted: &Counted) -> i32 {
    i32::try_from(counted.count).unwrap_or(i32::MAX)
}

fn place(counted: &Counted) -> Option<usize> {
    usize::try_from(counted.value).ok()
}
