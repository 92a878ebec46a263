//! The root fields of articles, and the lists of them below other things.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, OneofObject, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::access::OutOfScope;
use crate::cache::tag::Tag;
use crate::content::article::facet::{ArticleConnection, Faceted, list_weight};
use crate::content::article::filter::{ArticleFilter, ArticleOrder};
use crate::content::article::list::{ArticleList, BY_POSITION, NEWEST};
use crate::content::article::loader::{
    AllArticlesOf, ArticleById, ArticleCountOf, ArticlesOf, Listed, Lists,
};
use crate::content::article::object::Article;
use crate::content::article::store::{self, Parent, Parts, Row};
use crate::content::language::{Locales, Translated};
use crate::content::publication::{Reader, reader_of};
use crate::content::rich_text::asked;
use crate::content::total::Total;
use crate::content::translation::State;
use crate::error::Error;
use crate::graphql::batch::load;
use crate::graphql::connection::{Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost};
use crate::graphql::ready::Quick;
use crate::graphql::scalar::{Locale, Slug};

/// How to find an article.
#[derive(Debug, OneofObject)]
pub enum ArticleBy {
    /// By its id.
    Id(ID),
    /// By its slug, present or former, in one of the reader's locales. No other
    /// article gets a former one in its locale; a slug in use in another locale
    /// wins over it.
    Slug(Slug),
}

#[derive(Debug, Default)]
pub struct ArticleQuery;

#[Object]
impl ArticleQuery {
    /// An article; `null` when there is none, or it is not published in any of
    /// the reader's locales.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to find it.")] by: ArticleBy,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(
            desc = "How far what is served may have come. Without: only what readers see. Needs a key that may see drafts."
        )]
        states: Option<Vec<State>>,
    ) -> Option<Result<Quick<Article>>> {
        let found = find(ctx, by, (locales, states)).await;
        found.map(|found| found.map(Quick)).transpose()
    }

    /// Articles, the newest first unless told.
    #[graphql(complexity = "cost(list_weight(first, last), child_complexity)")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(
            desc = "How far what is served may have come. Without: only what readers see. Needs a key that may see drafts."
        )]
        states: Option<Vec<State>>,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<ArticleFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7; ties by the order in which articles came in. Without: `PUBLISHED_AT` descending."
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
        let reader = reader_of(ctx, locales, states).await?;
        reader.notes.tag(Tag::Articles);
        let page = Page::try_new(first, after, last, before)?;
        let list = Arc::new(ArticleList::new(
            ctx, &reader, filter, order_by, NEWEST, page,
        ));
        let wanted = list.wanted()?;
        let slice = if wants_items(ctx) {
            store::page(ctx.db(), &wanted, &list.page, list.parts).await?
        } else {
            wanted.order.check(&list.page)?;
            Slice::default()
        };
        let total = ArticlesListed(Arc::clone(&list));
        let articles = slice.map(|row| Article::new(Arc::new(row), reader.clone()));
        let listed = Listed { below: None, list };
        let facets = Faceted::new(listed, reader);
        let articles = ArticleConnection::telling(facets, articles, total);
        Ok(Quick(articles))
    }
}

/// The articles below something: the edge of the feature that the parent is of.
///
/// # Errors
/// If an argument is out of bounds, or the database does not answer.
pub async fn articles_of(
    ctx: &Context<'_>,
    (parent, id): (Parent, i64),
    reader: &Reader,
    filter: Option<Box<ArticleFilter>>,
    order_by: Option<Vec<ArticleOrder>>,
    page: Page,
) -> Result<Quick<ArticleConnection>> {
    let default = match parent {
        Parent::Issue => BY_POSITION,
        Parent::Topic | Parent::Author => NEWEST,
    };
    let lists = ctx.data_unchecked::<Lists>();
    let list = lists.of(ctx, parent, &reader.locales, || {
        ArticleList::new(ctx, reader, filter, order_by, default, page)
    });
    reader.notes.tag(match parent {
        Parent::Issue => Tag::ArticlesOfIssue(id),
        Parent::Topic => Tag::ArticlesOfTopic(id),
        Parent::Author => Tag::Articles,
    });
    let key = ArticlesOf { parent, id, list };
    let slice = if wants_items(ctx) {
        ctx.batches().load_one(key.clone()).await?
    } else {
        key.list.wanted()?.order.check(&key.list.page)?;
        None
    };
    let article = |row: &Arc<Row>| Article::new(Arc::clone(row), reader.clone());
    let articles = slice.map_or_else(Slice::default, |slice| slice.map_ref(article));
    let listed = Listed {
        below: Some((parent, id)),
        list: Arc::clone(key.list.get()),
    };
    let facets = Faceted::new(listed, reader.clone());
    let total = ArticlesBelow(key);
    Ok(Quick(ArticleConnection::telling(facets, articles, total)))
}

/// The size of a list of all articles. Its condition is made when it is counted:
/// the page may have been found by another.
struct ArticlesListed(Arc<ArticleList>);

impl Count for ArticlesListed {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let list = &self.0;
            let condition = list.filter.as_ref().map(|_| list.condition());
            let locales = list.locales.clone();
            let total = Total::new(Translated::Article, locales, condition.transpose()?);
            total.count(ctx).await
        }
        .boxed()
    }
}

struct ArticlesBelow(ArticlesOf);

impl Count for ArticlesBelow {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let ArticlesOf { parent, id, list } = &self.0;
            let count = if list.filter.is_some() {
                let of = ArticleCountOf(self.0.clone());
                ctx.batches().load_one(of).await?
            } else {
                let of = (*parent, list.locales.clone());
                load(ctx.batches(), AllArticlesOf { of, id: *id }).await?
            };
            Ok(count.unwrap_or(0))
        }
        .boxed()
    }
}

async fn find(
    ctx: &Context<'_>,
    by: ArticleBy,
    (locales, states): (Option<Vec<Locale>>, Option<Vec<State>>),
) -> Result<Option<Article>> {
    let reader = reader_of(ctx, locales, states).await?;
    let look_up = |locales| look_up(ctx, &by, locales);
    let row = reader
        .within_scope(OutOfScope::Topic("article"), look_up)
        .await?;
    match &by {
        ArticleBy::Id(id) => reader.notes.tag(Tag::Article(decode_as(id, "Article")?)),
        ArticleBy::Slug(slug) => note_slug(&slug.0, row.as_deref(), &reader),
    }
    Ok(row.map(|row| Article::new(row, reader)))
}

async fn look_up(ctx: &Context<'_>, by: &ArticleBy, locales: Locales) -> Result<Option<Arc<Row>>> {
    Ok(match by {
        ArticleBy::Id(id) => {
            let id = decode_as(id, "Article")?;
            ctx.batches().load_one(ArticleById { id, locales }).await?
        }
        ArticleBy::Slug(slug) => {
            let parts = Parts::whole(asked(&ctx.look_ahead()));
            let row = store::by_slug(ctx.db(), &slug.0, &locales, parts).await?;
            row.map(Arc::new)
        }
    })
}

/// Note what the article that a slug leads to hangs on, beside the article.
fn note_slug(slug: &str, found: Option<&Row>, reader: &Reader) {
    // One in use in another of the reader's locales may come to lead elsewhere.
    if reader.locales.iter().count() > 1 {
        reader.notes.tag(Tag::slug(slug));
    }
    if found.is_none_or(|row| row.slug != slug) {
        reader.notes.tag(Tag::Articles);
    }
}
