//! The root field of schedules.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Condition;

use super::filter::ScheduleFilter;
use super::object::Schedule;
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};

#[derive(Debug, Default)]
pub struct ScheduleQuery;

#[Object]
impl ScheduleQuery {
    /// What is, or was, to be published or taken back at a time, the first due
    /// first. For editors.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn schedules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<ScheduleFilter>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Connection<Schedule>> {
        ctx.caller().may(Operation::SchedulesRead, None)?;
        let asked = Page::try_new(first, after, last, before)?;
        let condition = filter.unwrap_or_default().condition()?;
        let slice = if wants_items(ctx) {
            store::page(ctx.db(), condition.clone(), &asked).await?
        } else {
            store::order().check(&asked)?;
            Slice::default()
        };
        Ok(Connection::new(slice.map(Schedule::new), Total(condition)))
    }
}

/// How many schedules a condition keeps.
struct Total(Condition);

impl Count for Total {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let count = store::count(ctx.db(), self.0.clone()).await;
            Ok(count.map_err(Error::from)?)
        }
        .boxed()
    }
}
