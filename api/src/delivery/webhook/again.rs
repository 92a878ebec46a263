//! Telling an endpoint when that is asked for: a test, or once more.

use chrono::{DateTime, Utc};

use super::endpoint::{Endpoint, find, note, reader};
use super::fault::EndpointError;
use super::object::WebhookEndpoint;
use super::payload::ping;
use super::store;
use crate::access::{Operation, random};
use crate::change_log::{self, KEPT};
use crate::content::writing::Writing;
use crate::graphql::id::encode;

/// Send an endpoint a ping. The answer is the delivery's key.
pub(super) async fn test(writing: &mut Writing, id: i64) -> Result<Option<i64>, EndpointError> {
    let endpoint = enabled(writing, id).await?;
    let message = ping(encode(WebhookEndpoint::TYPE, id), random()?, writing.now());
    let added = store::add(writing.tx(), id, vec![message], writing.now()).await?;
    note(
        writing,
        Operation::WebhookEndpointTest.as_str(),
        &endpoint,
        None,
    );
    Ok(added)
}

/// Tell an endpoint again what happened since a time.
pub(super) async fn replay(
    writing: &mut Writing,
    id: i64,
    since: DateTime<Utc>,
) -> Result<(), EndpointError> {
    let endpoint = enabled(writing, id).await?;
    let oldest = writing.now().checked_sub_days(KEPT);
    if since > writing.now() || oldest.is_some_and(|oldest| since < oldest) {
        return Err(EndpointError::NoSuchTime);
    }
    let position = change_log::position_at(writing.tx(), since).await?;
    let name = reader(id);
    let saved = change_log::positions(writing.tx(), vec![name.clone()]).await?;
    let position = saved
        .get(&name)
        .map_or(position, |saved| position.min(*saved));
    change_log::place(writing.tx(), &name, position, writing.now()).await?;
    let what = Some(format!("since {}", since.to_rfc3339()));
    note(
        writing,
        Operation::WebhookEndpointReplay.as_str(),
        &endpoint,
        what,
    );
    Ok(())
}

/// Deliver once more what was delivered, or was given up.
pub(super) async fn deliver_again(
    writing: &mut Writing,
    id: i64,
    endpoint: Option<i64>,
) -> Result<(), EndpointError> {
    let endpoint = endpoint.ok_or(EndpointError::NoDelivery)?;
    let endpoint = enabled(writing, endpoint).await?;
    if !store::again(writing.tx(), id, writing.now()).await? {
        return Err(EndpointError::Waits);
    }
    note(
        writing,
        Operation::WebhookDeliveryReplay.as_str(),
        &endpoint,
        None,
    );
    Ok(())
}

async fn enabled(writing: &Writing, id: i64) -> Result<Endpoint, EndpointError> {
    let endpoint = find(writing, id).await?;
    match endpoint.disabled {
        None => Ok(endpoint),
        Some(_) => Err(EndpointError::Disabled),
    }
}
