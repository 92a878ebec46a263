//! What keys were used for, as it is told.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{Days, NaiveDate};
use masthead_entities::api_key_usage::Model;

use crate::access::KEPT_DAYS;
use crate::administration::api_key::loader::UsageOf;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::page::weight_at_most;
use crate::graphql::scalar::{Date, Units};

/// How many days are told of at most: for as long it is kept.
pub const MAX_DAYS: u32 = KEPT_DAYS;
/// How many days are told of unless told.
pub const DAYS: i32 = 30;

/// How many days may be told of, for the complexity of a query.
pub(super) fn usage_weight(days: Option<i32>) -> usize {
    weight_at_most(MAX_DAYS, days.or(Some(DAYS)))
}

/// What a key was used for on a day.
#[derive(Clone, Debug)]
pub struct ApiKeyUsage(Model);

/// What a key was used for on each of the last `days` days, today among them,
/// as far as it was; the last day first, with what this process has not written
/// yet.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn used(
    ctx: &Context<'_>,
    key: i64,
    days: u32,
) -> Result<Vec<ApiKeyUsage>, Arc<Error>> {
    let app = &ctx.request().app;
    let today = app.clock.now().date_naive();
    let since = first_of(today, days);
    let used = ctx.batches().load_one(UsageOf { key, since }).await?;
    let mut used = used.unwrap_or_default();
    let pending = app.usage.pending(key, today);
    if used.first().is_none_or(|last| last.day != today) {
        let none = Model {
            api_key_id: key,
            day: today,
            requests: 0,
            cost: 0,
            refused: 0,
        };
        used.insert(0, none);
    }
    if let Some(last) = used.first_mut() {
        for (count, more) in [
            (&mut last.requests, pending.requests),
            (&mut last.cost, pending.cost),
            (&mut last.refused, pending.refused),
        ] {
            *count = count.saturating_add_unsigned(more);
        }
    }
    used.retain(|day| day.requests > 0);
    Ok(used.into_iter().map(ApiKeyUsage).collect())
}

/// The first of so many days, the last of which is `today`.
#[must_use]
pub fn first_of(today: NaiveDate, days: u32) -> NaiveDate {
    today - Days::new(u64::from(days.saturating_sub(1)))
}

/// What a key was used for on a day.
#[Object]
impl ApiKeyUsage {
    /// The day, in UTC: quotas begin anew with it.
    async fn day(&self) -> Date {
        Date(self.0.day)
    }

    /// How many requests were made with the key.
    async fn requests(&self) -> Units {
        Units(self.0.requests)
    }

    /// What they cost in all, without those that were refused; also those that
    /// were answered from the cache count.
    async fn cost(&self) -> Units {
        Units(self.0.cost)
    }

    /// How many of them were refused because the day's quota was used up.
    async fn refused(&self) -> Units {
        Units(self.0.refused)
    }
}
