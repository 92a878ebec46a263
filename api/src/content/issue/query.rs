//! The root fields of issues.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, OneofObject, Result};

use crate::cache::tag::Tag;
use crate::content::entity::BySlug;
use crate::content::filter::{kept, kinds};
use crate::content::issue::filter::{IssueFilter, IssueOrder, order};
use crate::content::issue::loader::{IssueById, IssueByNumber};
use crate::content::issue::object::Issue;
use crate::content::issue::store::{self, Row};
use crate::content::language::Translated;
use crate::content::publication::reader_of;
use crate::content::store::page;
use crate::content::total::Total;
use crate::content::translation::State;
use crate::graphql::batch::load;
use crate::graphql::connection::{Connection, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};
use crate::graphql::ready::Quick;
use crate::graphql::scalar::{Date, Locale, Slug, Week};

/// How to find an issue.
#[derive(Debug, OneofObject)]
pub enum IssueBy {
    /// By its id.
    Id(ID),
    /// By its number.
    Number(i32),
    /// By its slug, present or former: no other issue gets a former one.
    Slug(Slug),
    /// By the week that its first day is in; where several issues started in
    /// it, the one that started last.
    Week(Week),
    /// By a day from its first to its last; where several issues hold it, the
    /// one that started last.
    On(Date),
}

#[derive(Debug, Default)]
pub struct IssueQuery;

#[Object]
impl IssueQuery {
    /// An issue; `null` when there is none, it is not published, or it has no
    /// words in the reader's locales.
    async fn issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to find it.")] by: IssueBy,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(
            desc = "How far what is served may have come. Without: only what readers see. Needs a key that may see drafts."
        )]
        states: Option<Vec<State>>,
    ) -> Option<Result<Quick<Issue>>> {
        let found = find(ctx, by, (locales, states)).await;
        found.map(|found| found.map(Quick)).transpose()
    }

    /// The issue that started last; `null` when none is published in the
    /// reader's locales.
    async fn latest_issue(
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
    ) -> Option<Result<Quick<Issue>>> {
        let found = find_latest(ctx, (locales, states)).await;
        found.map(|found| found.map(Quick)).transpose()
    }

    /// Issues, the one that started last first unless told.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn issues(
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
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<IssueFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7. Without: `STARTS_ON` descending."
        )]
        order_by: Option<Vec<IssueOrder>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Quick<Connection<Issue>>> {
        let reader = reader_of(ctx, locales, states).await?;
        let asked = Page::try_new(first, after, last, before)?;
        reader.notes.tag(Tag::Issues);
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
            Translated::Issue,
            reader.locales.clone(),
            filter.map(|_| kept),
        );
        let issues = slice.map(|row| Issue::new(Arc::new(row), reader.clone()));
        Ok(Quick(Connection::new(issues, total)))
    }
}

async fn find(
    ctx: &Context<'_>,
    by: IssueBy,
    (locales, states): (Option<Vec<Locale>>, Option<Vec<State>>),
) -> Result<Option<Issue>> {
    let reader = reader_of(ctx, locales, states).await?;
    let (db, locales) = (ctx.db(), &reader.locales);
    let by_date = matches!(by, IssueBy::Week(_) | IssueBy::On(_));
    let row = match by {
        IssueBy::Id(id) => {
            let id = decode_as(&id, "Issue")?;
            reader.notes.tag(Tag::Issue(id));
            let locales = locales.clone();
            load(ctx.batches(), IssueById { id, locales }).await?
        }
        IssueBy::Number(number) => {
            let locales = locales.clone();
            IssueByNumber { number, locales }
                .find(ctx.batches())
                .await?
        }
        IssueBy::Slug(slug) => {
            let by_slug = BySlug::<Row>::new(slug.0, locales.clone());
            by_slug.find(ctx.batches()).await?
        }
        IssueBy::Week(week) => store::started_in(db, week, locales).await?.map(Arc::new),
        IssueBy::On(Date(day)) => store::holding(db, day, locales).await?.map(Arc::new),
    };
    // Of several that hold a date, another may come to be the last.
    if by_date || row.is_none() {
        reader.notes.tag(Tag::Issues);
    }
    Ok(row.map(|row| Issue::new(row, reader)))
}

async fn find_latest(
    ctx: &Context<'_>,
    (locales, states): (Option<Vec<Locale>>, Option<Vec<State>>),
) -> Result<Option<Issue>> {
    let reader = reader_of(ctx, locales, states).await?;
    reader.notes.tag(Tag::Issues);
    let row = store::latest(ctx.db(), &reader.locales).await?;
    Ok(row.map(|row| Issue::new(Arc::new(row), reader)))
}
