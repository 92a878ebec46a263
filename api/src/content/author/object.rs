//! An author as clients see it.

use std::sync::Arc;

use async_graphql::resolver_utils::enum_value;
use async_graphql::{Context, ID, Object, Result, ScalarType as _, Value};

use crate::cache::tag::Tag;
use crate::content::article::{
    ArticleConnection, ArticleFilter, ArticleOrder, Parent, articles_of, list_weight,
};
use crate::content::author::store::Row;
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::content::script::{Direction, direction, script};
use crate::content::translation::{AuthorTranslation, translations_of};
use crate::delivery::feed::{Feed, Subject, WEIGHT as FEEDS_WEIGHT, feeds_of};
use crate::graphql::id::encode;
use crate::graphql::page::{Page, cost};
use crate::graphql::ready::{Quick, Ready};
use crate::graphql::scalar::{Locale, Moment, Slug};

/// Who wrote articles, in the locale that the reader is served.
#[derive(Clone, Debug)]
pub struct Author {
    row: Arc<Row>,
    reader: Reader,
}

impl Author {
    /// The author of `row`, as `reader` is served it.
    pub(in crate::content) fn new(row: Arc<Row>, reader: Reader) -> Self {
        reader.notes.tag(Tag::Author(row.id));
        Self { row, reader }
    }

    fn address(&self) -> String {
        self.reader.url(Shown {
            what: Translated::Author,
            locale: &self.row.written.locale,
            slug: &self.row.slug,
            place: None,
        })
    }
}

impl Ready for Author {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let row = &*self.row;
        Some(match ctx.item.node.name.node.as_str() {
            "id" => encode("Author", row.id).0.into(),
            "slug" => row.slug.as_str().into(),
            "name" => row.name.as_str().into(),
            "bio" => row.bio.as_str().into(),
            "updatedAt" => Moment(row.written.updated_at).to_value(),
            "locale" => row.written.locale.as_str().into(),
            "isFallback" => self.reader.locales.is_fallback(&row.written.locale).into(),
            "direction" => enum_value(direction(&row.written.locale)),
            "url" => self.address().into(),
            _ => return None,
        })
    }
}

/// Who wrote articles, in the locale that the reader is served.
#[Object]
impl Author {
    /// Its id, the same in every locale.
    pub async fn id(&self) -> ID {
        encode("Author", self.row.id)
    }

    /// Its present slug, the same in every locale.
    async fn slug(&self) -> Slug {
        Slug(self.row.slug.clone())
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Who the author is; empty where nothing is said.
    async fn bio(&self) -> &str {
        &self.row.bio
    }

    /// Feeds of their articles, for readers of the reader's locales: one of each
    /// kind.
    #[graphql(complexity = "cost(FEEDS_WEIGHT, child_complexity)")]
    async fn feeds(&self, ctx: &Context<'_>) -> Vec<Feed> {
        let subject = Subject::Author(self.row.slug.clone());
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
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<AuthorTranslation>> {
        let rows = translations_of(ctx, Translated::Author, self.row.id, &self.reader).await?;
        Ok(rows.into_iter().map(AuthorTranslation::new).collect())
    }

    /// The author's articles, the newest first unless told.
    #[graphql(complexity = "cost(list_weight(first, last), child_complexity)")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the author's own reader has.")] locales: Option<
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
        let parent = (Parent::Author, self.row.id);
        articles_of(ctx, parent, &reader, filter, order_by, page).await
    }
}
