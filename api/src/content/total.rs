//! How many things a list has, counted when it is asked for.

use std::sync::Arc;

use async_graphql::Context;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, TryFutureExt as _};
use sea_orm::sea_query::Condition;

use crate::cache::entities::Entity;
use crate::content::entity::public;
use crate::content::language::{Locales, Translated};
use crate::content::store::count;
use crate::error::Error;
use crate::graphql::batch::known_or;
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
            let read = count(ctx.db(), self.what, &self.locales, self.condition.clone());
            if self.condition.is_some() {
                return Ok(read.await?);
            }
            let all = All {
                what: self.what,
                locales: self.locales.clone(),
            };
            let count = known_or(ctx.batches(), &all, read.map_ok(Some)).await?;
            Ok(count.unwrap_or(0))
        }
        .boxed()
    }
}

/// How many things of a kind there are for readers of these locales.
struct All {
    what: Translated,
    locales: Locales,
}

impl Entity for All {
    type Group = Locales;
    type Id = Translated;
    type Value = u64;

    fn group(&self) -> Option<&Locales> {
        public(&self.locales)
    }

    fn id(&self) -> &Translated {
        &self.what
    }

    fn bytes(_: &u64) -> usize {
        size_of::<u64>()
    }
}
