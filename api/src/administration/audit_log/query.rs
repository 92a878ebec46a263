//! The root field of the audit log.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Condition;

use crate::access::Operation;
use crate::administration::audit_log::filter::AuditLogFilter;
use crate::administration::audit_log::object::AuditLogEntry;
use crate::administration::audit_log::store;
use crate::error::Error;
use crate::graphql::connection::{Connection, Count, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost, weight};

#[derive(Debug, Default)]
pub struct AuditLogQuery;

#[Object]
impl AuditLogQuery {
    /// Who did what, when: every write of content, of the publication and of
    /// API keys, what was done last first. For admins.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entries to keep. Without: all.")] filter: Option<
            Box<AuditLogFilter>,
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
    ) -> Result<Connection<AuditLogEntry>> {
        ctx.caller().may(Operation::AuditLogRead, None)?;
        let asked = Page::try_new(first, after, last, before)?;
        let kept = filter.unwrap_or_default().condition()?;
        let slice = if wants_items(ctx) {
            store::page(ctx.db(), kept.clone(), &asked).await?
        } else {
            store::order().check(&asked)?;
            Slice::default()
        };
        Ok(Connection::new(slice.map(AuditLogEntry::new), Total(kept)))
    }
}

/// How many entries are kept.
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
