//! Correcting what is published. The words themselves stay as they are: who
//! changes them too writes them.

mod change;
mod input;

use async_graphql::{Context, ID, Object, Result};

use super::object::Correction;
use super::store;
use crate::access::Operation;
use crate::content::writing::Writing;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::{decode_as, encode};
use crate::graphql::user_error::{payload, refused};
use input::{CorrectionCreateInput, CorrectionDeleteInput, CorrectionUpdateInput};

payload! {
    /// The correction that was added.
    CorrectionCreatePayload {
        /// The correction as it is now; `null` where there is none.
        correction: Correction
    }
}

payload! {
    /// The correction that was changed.
    CorrectionUpdatePayload {
        /// The correction as it is now; `null` where there is none.
        correction: Correction
    }
}

payload! {
    /// The correction that was removed.
    CorrectionDeletePayload {
        /// The id that it had; `null` where it is still there.
        deleted: ID
    }
}

#[derive(Debug, Default)]
pub struct CorrectionMutation;

#[Object]
impl CorrectionMutation {
    /// Correct the words of an article that readers see. It shows at once,
    /// beside the words, which stay as they are.
    async fn correction_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction.")] input: CorrectionCreateInput,
    ) -> Result<CorrectionCreatePayload> {
        let operation = Operation::CorrectionCreate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let outcome = change::create(&mut writing, &input).await;
        let (id, errors) = match writing.end(outcome).await? {
            Ok(id) => (Some(id), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(CorrectionCreatePayload::new(now(ctx, id).await?, errors))
    }

    /// Change what a correction says, or when it was made.
    async fn correction_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: CorrectionUpdateInput,
    ) -> Result<CorrectionUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::CorrectionUpdate, None).await?;
        let id = decode_as(&input.id, Correction::TYPE)?;
        let outcome = change::update(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(CorrectionUpdatePayload::new(
            now(ctx, Some(id)).await?,
            errors,
        ))
    }

    /// Remove a correction.
    async fn correction_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction.")] input: CorrectionDeleteInput,
    ) -> Result<CorrectionDeletePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::CorrectionDelete, None).await?;
        let id = decode_as(&input.id, Correction::TYPE)?;
        let outcome = change::delete(&mut writing, id, input.expected_version).await;
        let errors = refused(writing.end(outcome).await?);
        let deleted = errors.is_empty().then(|| encode(Correction::TYPE, id));
        Ok(CorrectionDeletePayload::new(deleted, errors))
    }
}

/// The correction as it is now.
async fn now(ctx: &Context<'_>, id: Option<i64>) -> Result<Option<Correction>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let row = store::find(ctx.db().reader(), id).await;
    Ok(row.map_err(Error::from)?.map(Correction::new))
}
