//! The root fields of API keys.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::access::Operation;
use crate::administration::api_key::object::ApiKey;
use crate::administration::api_key::store::{self, Which};
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};

#[derive(Debug, Default)]
pub struct ApiKeyQuery;

#[Object]
impl ApiKeyQuery {
    /// The key that this request brings, for its holder; `null` without one.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<ApiKey>> {
        let Some(key) = ctx.caller().key() else {
            return Ok(None);
        };
        let row = store::find(ctx.db().reader(), &Which::Id(key.id)).await?;
        Ok(row.map(ApiKey::new))
    }

    /// API keys, the oldest first, with those that have ended. For admins.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn api_keys(
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
    ) -> Result<Connection<ApiKey>> {
        ctx.caller().may(Operation::ApiKeysRead, None)?;
        let asked = Page::try_new(first, after, last, before)?;
        let slice = if wants_items(ctx) {
            store::page(ctx.db(), &asked).await?
        } else {
            store::order().check(&asked)?;
            Slice::default()
        };
        Ok(Connection::new(slice.map(ApiKey::new), Total))
    }
}

/// How many keys there are.
struct Total;

impl Count for Total {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move { Ok(store::count(ctx.db()).await.map_err(Error::from)?) }.boxed()
    }
}
