//! Making and cancelling schedules.

mod change;
mod input;

use async_graphql::{Context, Object, Result};

use crate::access::Operation;
use crate::content::schedule::object::Schedule;
use crate::content::schedule::store;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::user_error::{payload, refused};
use input::{ScheduleCancelInput, ScheduleCreateInput};

payload! {
    /// The schedule that was made.
    ScheduleCreatePayload {
        /// The schedule as it is now; `null` where none was made, or what it was
        /// of is gone.
        schedule: Schedule
    }
}

payload! {
    /// The schedule that was cancelled.
    ScheduleCancelPayload {
        /// The schedule as it is now; `null` where there is none.
        schedule: Schedule
    }
}

#[derive(Debug, Default)]
pub struct ScheduleMutation;

#[Object]
impl ScheduleMutation {
    /// Let an issue, or the words of an article in one locale, be published or
    /// taken back at a time. It is done once, then or as soon after as a server
    /// runs, as if whoever made the schedule asked for it then. Whether it can
    /// be done is seen at that time. It is cancelled when its key is revoked.
    async fn schedule_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done, and when.")] input: ScheduleCreateInput,
    ) -> Result<ScheduleCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ScheduleCreate, None).await?;
        let outcome = change::create(&mut writing, &input).await;
        let (id, errors) = match writing.end(outcome).await? {
            Ok(id) => (Some(id), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(ScheduleCreatePayload::new(now(ctx, id).await?, errors))
    }

    /// Let nothing be done at that time after all. Cancelling twice changes
    /// nothing.
    async fn schedule_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The schedule.")] input: ScheduleCancelInput,
    ) -> Result<ScheduleCancelPayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ScheduleCancel, None).await?;
        let id = decode_as(&input.id, Schedule::TYPE)?;
        let outcome = change::cancel(&mut writing, id).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(ScheduleCancelPayload::new(
            now(ctx, Some(id)).await?,
            errors,
        ))
    }
}

/// The schedule as it is now.
async fn now(ctx: &Context<'_>, id: Option<i64>) -> Result<Option<Schedule>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let row = store::find(ctx.db().reader(), id).await;
    Ok(row.map_err(crate::error::Error::from)?.map(Schedule::new))
}
