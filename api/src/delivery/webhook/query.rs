//! The root fields of webhooks.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Condition;

use super::filter::WebhookDeliveryFilter;
use super::object::{WebhookDelivery, WebhookEndpoint};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};

#[derive(Debug, Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// Servers that are told what changed, the oldest first. For admins.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn webhook_endpoints(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Connection<WebhookEndpoint>> {
        ctx.caller().may(Operation::WebhookEndpointsRead, None)?;
        let asked = Page::try_new(first, after, last, before)?;
        let slice = if wants_items(ctx) {
            store::page(ctx.db(), &asked).await?
        } else {
            store::order().check(&asked)?;
            Slice::default()
        };
        Ok(Connection::new(slice.map(WebhookEndpoint::new), Endpoints))
    }

    /// What endpoints were told, are to be told next or again, and how that went,
    /// the newest first. For admins.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<
            Box<WebhookDeliveryFilter>,
        >,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Connection<WebhookDelivery>> {
        ctx.caller().may(Operation::WebhookDeliveriesRead, None)?;
        let asked = Page::try_new(first, after, last, before)?;
        let kept = filter.unwrap_or_default().condition()?;
        let slice = if wants_items(ctx) {
            store::deliveries(ctx.db(), kept.clone(), &asked).await?
        } else {
            store::delivery_order().check(&asked)?;
            Slice::default()
        };
        let slice = WebhookDelivery::all(ctx.db(), slice).await?;
        Ok(Connection::new(slice, Deliveries(kept)))
    }
}

/// How many endpoints there are.
struct Endpoints;

impl Count for Endpoints {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let count = store::count(ctx.db().reader()).await;
            Ok(count.map_err(Error::from)?)
        }
        .boxed()
    }
}

/// How many deliveries are kept.
struct Deliveries(Condition);

impl Count for Deliveries {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let count = store::count_deliveries(ctx.db(), self.0.clone()).await;
            Ok(count.map_err(Error::from)?)
        }
        .boxed()
    }
}
