//! Making and changing endpoints, and telling them again, by admins.

mod input;
mod payload;

use async_graphql::{Context, Object, Result};

use crate::access::Operation;
use crate::content::writing::Writing;
use crate::delivery::webhook::object::{WebhookDelivery, WebhookEndpoint};
use crate::delivery::webhook::store;
use crate::delivery::webhook::{again, endpoint};
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::user_error::{Refused, refused};
use input::{
    WebhookDeliveryReplayInput, WebhookEndpointCreateInput, WebhookEndpointDeleteInput,
    WebhookEndpointReplayInput, WebhookEndpointRotateSecretInput, WebhookEndpointTestInput,
    WebhookEndpointUpdateInput,
};
use payload::{
    WebhookDeliveryReplayPayload, WebhookEndpointCreatePayload, WebhookEndpointDeletePayload,
    WebhookEndpointReplayPayload, WebhookEndpointRotateSecretPayload, WebhookEndpointTestPayload,
    WebhookEndpointUpdatePayload,
};

#[derive(Debug, Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Let a server be told what changes from now on, by Standard Webhooks. For
    /// admins.
    async fn webhook_endpoint_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint.")] input: WebhookEndpointCreateInput,
    ) -> Result<WebhookEndpointCreatePayload> {
        let operation = Operation::WebhookEndpointCreate;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let guard = &ctx.request().app.guard;
        let outcome = endpoint::create(&mut writing, guard, input.into()).await;
        Ok(match writing.end(outcome.map_err(Refused::from)).await? {
            Ok(made) => WebhookEndpointCreatePayload {
                webhook_endpoint: now(ctx, made.id).await?,
                secret: Some(made.secret.reveal()),
                user_errors: Vec::new(),
            },
            Err(user_errors) => WebhookEndpointCreatePayload {
                webhook_endpoint: None,
                secret: None,
                user_errors,
            },
        })
    }

    /// Change an endpoint, disable it, or enable it again. For admins.
    async fn webhook_endpoint_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint, and what is to change.")] input: WebhookEndpointUpdateInput,
    ) -> Result<WebhookEndpointUpdatePayload> {
        let operation = Operation::WebhookEndpointUpdate;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookEndpoint::TYPE)?;
        let guard = &ctx.request().app.guard;
        let outcome = endpoint::change(&mut writing, guard, id, input.into()).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        let endpoint = now(ctx, id).await?;
        Ok(WebhookEndpointUpdatePayload::new(endpoint, errors))
    }

    /// Remove an endpoint, with all that is known of what it was told. For
    /// admins.
    async fn webhook_endpoint_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint.")] input: WebhookEndpointDeleteInput,
    ) -> Result<WebhookEndpointDeletePayload> {
        let operation = Operation::WebhookEndpointDelete;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookEndpoint::TYPE)?;
        let outcome = endpoint::remove(&mut writing, id).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        let deleted = errors.is_empty().then_some(input.id);
        Ok(WebhookEndpointDeletePayload::new(deleted, errors))
    }

    /// Give an endpoint a new secret. For 24 hours messages are signed with the
    /// former one, too; any older one ends now. For admins.
    async fn webhook_endpoint_rotate_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint.")] input: WebhookEndpointRotateSecretInput,
    ) -> Result<WebhookEndpointRotateSecretPayload> {
        let operation = Operation::WebhookEndpointRotateSecret;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookEndpoint::TYPE)?;
        let outcome = endpoint::rotate(&mut writing, id).await;
        let (secret, user_errors) = match writing.end(outcome.map_err(Refused::from)).await? {
            Ok(secret) => (Some(secret.reveal()), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(WebhookEndpointRotateSecretPayload {
            webhook_endpoint: now(ctx, id).await?,
            secret,
            user_errors,
        })
    }

    /// Send an endpoint a `ping`, once, whatever it is told of. For admins.
    async fn webhook_endpoint_test(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint.")] input: WebhookEndpointTestInput,
    ) -> Result<WebhookEndpointTestPayload> {
        let operation = Operation::WebhookEndpointTest;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookEndpoint::TYPE)?;
        let outcome = again::test(&mut writing, id).await;
        let (delivery, errors) = match writing.end(outcome.map_err(Refused::from)).await? {
            Ok(Some(added)) => (WebhookDelivery::now(ctx.db(), added).await?, Vec::new()),
            Ok(None) => (None, Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(WebhookEndpointTestPayload::new(delivery, errors))
    }

    /// Tell an endpoint again what happened since a time, as far as it wants to
    /// be told: what it took, what was given up, and what changed while it was
    /// disabled. Messages keep their ids. For admins.
    async fn webhook_endpoint_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The endpoint, and since when.")] input: WebhookEndpointReplayInput,
    ) -> Result<WebhookEndpointReplayPayload> {
        let operation = Operation::WebhookEndpointReplay;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookEndpoint::TYPE)?;
        let outcome = again::replay(&mut writing, id, input.since.0).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        let endpoint = now(ctx, id).await?;
        Ok(WebhookEndpointReplayPayload::new(endpoint, errors))
    }

    /// Send once more what was delivered, given up or cancelled. For admins.
    async fn webhook_delivery_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The delivery.")] input: WebhookDeliveryReplayInput,
    ) -> Result<WebhookDeliveryReplayPayload> {
        let operation = Operation::WebhookDeliveryReplay;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.id, WebhookDelivery::TYPE)?;
        let found = store::delivery(ctx.db(), id).await.map_err(Error::from)?;
        let endpoint = found.map(|delivery| delivery.endpoint_id);
        let outcome = again::deliver_again(&mut writing, id, endpoint).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        let delivery = WebhookDelivery::now(ctx.db(), id).await?;
        Ok(WebhookDeliveryReplayPayload::new(delivery, errors))
    }
}

/// The endpoint as it is now.
async fn now(ctx: &Context<'_>, id: i64) -> Result<Option<WebhookEndpoint>, Error> {
    let mut found = store::told(ctx.db(), &[id]).await?;
    Ok(found.remove(&id).map(WebhookEndpoint::new))
}
