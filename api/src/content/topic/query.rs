//! The root fields of topics.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, OneofObject, Result};

use crate::access::OutOfScope;
use crate::cache::tag::Tag;
use crate::content::entity::BySlug;
use crate::content::filter::{kept, kinds};
use crate::content::language::{Locales, Translated};
use crate::content::publication::reader_of;
use crate::content::store::page;
use crate::content::topic::filter::{TopicFilter, TopicOrder, order};
use crate::content::topic::loader::TopicById;
use crate::content::topic::object::Topic;
use crate::content::topic::store::Row;
use crate::content::total::Total;
use crate::content::translation::State;
use crate::graphql::batch::load;
use crate::graphql::connection::{Connection, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};
use crate::graphql::ready::Quick;
use crate::graphql::scalar::{Locale, Slug};

/// How to find a topic.
#[derive(Debug, OneofObject)]
pub enum TopicBy {
    /// By its id.
    Id(ID),
    /// By its slug, present or former: no other topic gets a former one.
    Slug(Slug),
}

#[derive(Debug, Default)]
pub struct TopicQuery;

#[Object]
impl TopicQuery {
    /// A topic; `null` when there is none, or it has no words in the reader's
    /// locales.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to find it.")] by: TopicBy,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(
            desc = "How far what is served may have come. Without: only what readers see. Needs a key that may see drafts."
        )]
        states: Option<Vec<State>>,
    ) -> Option<Result<Quick<Topic>>> {
        let found = find(ctx, by, (locales, states)).await;
        found.map(|found| found.map(Quick)).transpose()
    }

    /// Topics, in the publication's order unless told.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn topics(
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
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<TopicFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7. Without: `POSITION` ascending."
        )]
        order_by: Option<Vec<TopicOrder>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Quick<Connection<Topic>>> {
        let reader = reader_of(ctx, locales, states).await?;
        let asked = Page::try_new(first, after, last, before)?;
        reader.notes.tag(Tag::Topics);
        reader.notes.tags(kinds(filter.as_deref()).lists());
        let kept = kept(filter.as_deref(), &reader.locales)?;
        let order = order(&order_by.unwrap_or_default(), &reader.locales)?;
        let slice = if wants_items(ctx) {
            page::<Row>(ctx.db(), &reader.locales, kept.clone(), &order, &asked).await?
        } else {
            order.check(&asked)?;
            Slice::default()
        };
        let total = Total::new(
            Translated::Topic,
            reader.locales.clone(),
            filter.map(|_| kept),
        );
        let topics = slice.map(|row| Topic::new(Arc::new(row), reader.clone()));
        Ok(Quick(Connection::new(topics, total)))
    }
}

async fn find(
    ctx: &Context<'_>,
    by: TopicBy,
    (locales, states): (Option<Vec<Locale>>, Option<Vec<State>>),
) -> Result<Option<Topic>> {
    let reader = reader_of(ctx, locales, states).await?;
    let look_up = |locales| look_up(ctx, &by, locales);
    let row = reader
        .within_scope(OutOfScope::Topic("topic"), look_up)
        .await?;
    if let TopicBy::Id(id) = &by {
        reader.notes.tag(Tag::Topic(decode_as(id, "Topic")?));
    }
    if row.is_none() {
        reader.notes.tag(Tag::Topics);
    }
    Ok(row.map(|row| Topic::new(row, reader)))
}

async fn look_up(ctx: &Context<'_>, by: &TopicBy, locales: Locales) -> Result<Option<Arc<Row>>> {
    Ok(match by {
        TopicBy::Id(id) => {
            let id = decode_as(id, "Topic")?;
            load(ctx.batches(), TopicById { id, locales }).await?
        }
        TopicBy::Slug(slug) => {
            let by_slug = BySlug::<Row>::new(slug.0.clone(), locales);
            by_slug.find(ctx.batches()).await?
        }
    })
}
