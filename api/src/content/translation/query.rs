//! The root field of translations.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Condition;

use crate::cache::tag::Tag;
use crate::content::filter::kept;
use crate::content::language::Sight;
use crate::content::publication::reader_of;
use crate::content::translation::filter::{
    TranslationFilter, TranslationOrder, counted, listed, order,
};
use crate::content::translation::object::Translation;
use crate::content::translation::state::State;
use crate::content::translation::store;
use crate::content::translation::words::Words;
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};
use crate::graphql::scalar::Locale;

#[derive(Debug, Default)]
pub struct TranslationQuery;

#[Object]
impl TranslationQuery {
    /// Published translations of all things in the reader's locales, each of
    /// them and not only the preferred one; the last changed first unless
    /// told.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn translations(
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
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<TranslationFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7. Without: `UPDATED_AT` descending."
        )]
        order_by: Option<Vec<TranslationOrder>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Connection<Translation>> {
        let reader = reader_of(ctx, locales, states).await?;
        let lists = [Tag::Articles, Tag::Issues, Tag::Topics, Tag::Authors];
        reader.notes.tags(lists);
        if filter
            .as_deref()
            .is_some_and(TranslationFilter::is_volatile)
        {
            reader.notes.volatile();
        }
        let page = Page::try_new(first, after, last, before)?;
        let kept = kept(filter.as_deref(), &reader.locales)?;
        let order = order(&order_by.unwrap_or_default(), &reader.locales)?;
        let slice = if wants_items(ctx) {
            let listed = listed(kept.clone(), &reader.locales);
            store::page(ctx.db(), reader.locales.sight(), listed, &order, &page).await?
        } else {
            order.check(&page)?;
            Slice::default()
        };
        let translations =
            slice.map(|row| Translation::from(Words::new(Arc::new(row), reader.clone())));
        Ok(Connection::new(
            translations,
            AllTranslations {
                sight: reader.locales.sight(),
                condition: counted(kept, &reader.locales),
            },
        ))
    }
}

struct AllTranslations {
    sight: Sight,
    condition: Condition,
}

impl Count for AllTranslations {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move { Ok(store::count(ctx.db(), self.sight, self.condition.clone()).await?) }.boxed()
    }
}
