//! How many things a list has, counted when it is asked for.

use std::sync::Arc;

use async_graphql::Context;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Condition;

use crate::content::language::{Locales, Translated};
use crate::content::store::count;
use crate::error::Error;
use crate::graphql::connection::Count;
use crate::graphql::context::ContextExt as _;

/// The size of a list of all things of a kind.
#[derive(Clone, Debug)]
pub struct Total {
    what: Translated,
    locales: Locales,
    condition: Option<Condition>,
}

impl Total {
    /// The size of the list of `what` that exist for a reader of `locales` and
    /// that `condition` keeps, if there is one.
    pub const fn new(what: Translated, locales: Locales, condition: Option<Condition>) -> Self {
        Self {
            what,
            locales,
            condition,
        }
    }
}

impl Count for Total {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<u64, Arc<Error>>> {
        async move {
            let condition = self.condition.clone();
            Ok(count(ctx.db(), self.what, &self.locales, condition).await?)
        }
        .boxed()
    }
}
