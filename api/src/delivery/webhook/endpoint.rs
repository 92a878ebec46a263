//! Endpoints: made, changed, given a new secret, removed.

use chrono::{DateTime, Duration, Utc};
use masthead_entities::webhook_endpoint::Disabled;
use sea_orm::DbErr;
use url::Url;

use super::event::Event;
use super::fault::EndpointError;
use super::object::WebhookEndpoint;
use super::signature::Secret;
use super::store;
use super::wish::{Wish, apply};
use crate::access::Operation;
use crate::audit::Deed;
use crate::change_log;
use crate::client::Guard;
use crate::content::writing::Writing;

/// A server that is told what changed.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    pub(super) id: i64,
    pub(super) url: String,
    /// `""`: none was given.
    pub(super) description: String,
    /// `None`: all.
    pub(super) events: Option<Vec<Event>>,
    /// `None`: all.
    pub(super) locales: Option<Vec<String>>,
    pub(super) secret: Secret,
    pub(super) former: Option<Former>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) created_by: String,
    /// Since when it is told nothing, and why.
    pub(super) disabled: Option<(DateTime<Utc>, Disabled)>,
    pub(super) failing_since: Option<DateTime<Utc>>,
    pub(super) last_delivered_at: Option<DateTime<Utc>>,
}

/// The secret before the present one.
#[derive(Clone, Debug)]
pub(super) struct Former {
    pub(super) secret: Secret,
    /// Until then messages are signed with it, too.
    pub(super) until: DateTime<Utc>,
}

/// How many endpoints there may be.
pub const MAX_ENDPOINTS: u64 = 100;
/// How long messages are signed with the former secret, too, after a rotation.
pub const OVERLAP: Duration = Duration::hours(24);

/// The name by which an endpoint's position in the change log is saved.
pub(super) fn reader(id: i64) -> String {
    format!("webhook {id}")
}

impl Endpoint {
    /// Its server: the rest of its address may hold a secret, and is in no log.
    pub(super) fn server(&self) -> String {
        let url = Url::parse(&self.url);
        url.map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
    }

    /// Whether it wants to be told of this.
    pub(super) fn wants(&self, event: Event, locale: Option<&str>) -> bool {
        let is_wanted = |events: &Vec<Event>| events.contains(&event);
        let is_read =
            |tags: &Vec<String>| locale.is_none_or(|locale| tags.iter().any(|tag| tag == locale));
        self.events.as_ref().is_none_or(is_wanted) && self.locales.as_ref().is_none_or(is_read)
    }
}

/// Make an endpoint, which is told what changes from now on.
pub(super) async fn create(
    writing: &mut Writing,
    guard: &Guard,
    wish: Wish,
) -> Result<Endpoint, EndpointError> {
    if store::count(writing.tx()).await? >= MAX_ENDPOINTS {
        return Err(EndpointError::TooMany);
    }
    let mut endpoint = Endpoint {
        id: 0,
        url: String::new(),
        description: String::new(),
        events: None,
        locales: None,
        secret: Secret::make()?,
        former: None,
        created_at: writing.now(),
        created_by: writing.actor().name.clone(),
        disabled: None,
        failing_since: None,
        last_delivered_at: None,
    };
    apply(writing, guard, &mut endpoint, wish).await?;
    endpoint.id = store::insert(writing.tx(), endpoint.clone()).await?;
    begin(writing, endpoint.id).await?;
    note(
        writing,
        Operation::WebhookEndpointCreate.as_str(),
        &endpoint,
        None,
    );
    Ok(endpoint)
}

/// Change an endpoint. One that is enabled again is told what changes from now
/// on.
pub(super) async fn change(
    writing: &mut Writing,
    guard: &Guard,
    id: i64,
    wish: Wish,
) -> Result<(), EndpointError> {
    let mut endpoint = find(writing, id).await?;
    let enabled = wish.enabled.unwrap_or(endpoint.disabled.is_none());
    apply(writing, guard, &mut endpoint, wish).await?;
    let mut what = None;
    match (enabled, endpoint.disabled) {
        (true, Some(_)) => {
            (endpoint.disabled, endpoint.failing_since) = (None, None);
            begin(writing, id).await?;
            what = Some("enabled".to_owned());
        }
        (false, None) => {
            endpoint.disabled = Some((writing.now(), Disabled::Admin));
            let cancelled = end(writing, id).await?;
            what = Some(format!("disabled; {cancelled} deliveries cancelled"));
        }
        _ => {}
    }
    store::update(writing.tx(), endpoint.clone()).await?;
    note(
        writing,
        Operation::WebhookEndpointUpdate.as_str(),
        &endpoint,
        what,
    );
    Ok(())
}

/// Disable an endpoint that can't be told, if it is still there and enabled. The
/// answer is whether it was.
pub(super) async fn disable(
    writing: &mut Writing,
    id: i64,
    because: Disabled,
) -> Result<bool, DbErr> {
    let found = store::find(writing.tx(), id).await?;
    let Some(mut endpoint) = found.filter(|endpoint| endpoint.disabled.is_none()) else {
        return Ok(false);
    };
    endpoint.disabled = Some((writing.now(), because));
    let cancelled = end(writing, id).await?;
    let why = match because {
        Disabled::Gone => "it is gone",
        Disabled::Failing | Disabled::Admin => "nothing got through for two days",
    };
    tracing::warn!(
        endpoint.id = id,
        "the webhook endpoint {id} at {} is disabled: {why}",
        endpoint.server()
    );
    store::update(writing.tx(), endpoint.clone()).await?;
    let what = format!("disabled, since {why}; {cancelled} deliveries cancelled");
    note(writing, "webhook", &endpoint, Some(what));
    Ok(true)
}

/// Give an endpoint a new secret. Messages are signed with the one before, too,
/// for [`OVERLAP`].
pub(super) async fn rotate(writing: &mut Writing, id: i64) -> Result<Secret, EndpointError> {
    let mut endpoint = find(writing, id).await?;
    let secret = Secret::make()?;
    endpoint.former = Some(Former {
        secret: std::mem::replace(&mut endpoint.secret, secret.clone()),
        until: writing.now() + OVERLAP,
    });
    store::update(writing.tx(), endpoint.clone()).await?;
    note(
        writing,
        Operation::WebhookEndpointRotateSecret.as_str(),
        &endpoint,
        None,
    );
    Ok(secret)
}

/// Remove an endpoint, with all that waits for it.
pub(super) async fn remove(writing: &mut Writing, id: i64) -> Result<(), EndpointError> {
    let endpoint = find(writing, id).await?;
    end(writing, id).await?;
    store::delete(writing.tx(), id).await?;
    note(
        writing,
        Operation::WebhookEndpointDelete.as_str(),
        &endpoint,
        None,
    );
    Ok(())
}

/// The endpoint.
pub(super) async fn find(writing: &Writing, id: i64) -> Result<Endpoint, EndpointError> {
    let endpoint = store::find(writing.tx(), id).await?;
    endpoint.ok_or(EndpointError::Unknown)
}

/// It is told what changes from now on.
async fn begin(writing: &Writing, id: i64) -> Result<(), DbErr> {
    let newest = change_log::position(writing.tx()).await?;
    change_log::place(writing.tx(), &reader(id), newest, writing.now()).await
}

/// It is told nothing any more. The answer is how many deliveries waited.
async fn end(writing: &Writing, id: i64) -> Result<u64, DbErr> {
    change_log::forget(writing.tx(), &reader(id)).await?;
    store::cancel_all(writing.tx(), id, writing.now()).await
}

/// Tell the audit log. It learns of the server, and nothing that could be secret.
pub(super) fn note(
    writing: &mut Writing,
    operation: &'static str,
    endpoint: &Endpoint,
    what: Option<String>,
) {
    writing.note(Deed {
        operation,
        thing: Some((WebhookEndpoint::TYPE, endpoint.id)),
        name: Some(endpoint.server()),
        note: what,
        ..Deed::default()
    });
}
