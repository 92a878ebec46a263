//! Endpoints and deliveries as admins see them.

use std::collections::BTreeSet;

use async_graphql::{Enum, ID, Object};
use masthead_entities::webhook_attempt;

use super::event::Event;
use super::filter::{WebhookDeliveryState, WebhookDisabledReason};
use super::store::{self, Delivery, Told};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::id::encode;
use crate::graphql::keyset::Slice;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Locale, Moment};

/// Whether an endpoint is told what changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum WebhookEndpointState {
    /// It is.
    Enabled,
    /// It is not: `disabledReason` says why.
    Disabled,
}

/// A server that is told what changed.
#[derive(Clone, Debug)]
pub struct WebhookEndpoint(Told);

impl Ready for WebhookEndpoint {}

impl WebhookEndpoint {
    /// What its ids say that they are of.
    pub(super) const TYPE: &str = "WebhookEndpoint";

    pub(super) const fn new(told: Told) -> Self {
        Self(told)
    }
}

/// A server that is told what changed. Its secret is told once, when it is made
/// or rotated.
#[Object]
impl WebhookEndpoint {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Self::TYPE, self.0.endpoint.id)
    }

    /// Where messages are posted.
    async fn url(&self) -> &str {
        &self.0.endpoint.url
    }

    /// What it is, for people; `null` where nobody said.
    async fn description(&self) -> Option<&str> {
        Some(self.0.endpoint.description.as_str()).filter(|text| !text.is_empty())
    }

    /// What it is told of; empty: of everything.
    async fn events(&self) -> Vec<Event> {
        self.0.endpoint.events.clone().unwrap_or_default()
    }

    /// In which locales; empty: in all. What has no locale is told all the same.
    async fn locales(&self) -> Vec<Locale> {
        let tags = self.0.endpoint.locales.iter().flatten();
        tags.map(|tag| Locale(tag.clone())).collect()
    }

    /// Whether it is told what changes.
    async fn state(&self) -> WebhookEndpointState {
        match self.0.endpoint.disabled {
            None => WebhookEndpointState::Enabled,
            Some(_) => WebhookEndpointState::Disabled,
        }
    }

    /// Since when it is disabled; `null`: it is not.
    async fn disabled_at(&self) -> Option<Moment> {
        self.0.endpoint.disabled.map(|(at, _)| Moment(at))
    }

    /// Why it is disabled; `null`: it is not.
    async fn disabled_reason(&self) -> Option<WebhookDisabledReason> {
        self.0.endpoint.disabled.map(|(_, because)| because.into())
    }

    /// Since when every attempt has failed; `null`: the last did not, or there
    /// was none.
    async fn failing_since(&self) -> Option<Moment> {
        self.0.endpoint.failing_since.map(Moment)
    }

    /// When it last took a message; `null`: never.
    async fn last_delivered_at(&self) -> Option<Moment> {
        self.0.endpoint.last_delivered_at.map(Moment)
    }

    /// How many deliveries wait to be sent, or sent again: at most 1,000. What
    /// is to be told beyond these waits in the change log.
    async fn pending_count(&self) -> i32 {
        i32::try_from(self.0.waiting).unwrap_or(i32::MAX)
    }

    /// Until when messages are also signed with the secret before the present
    /// one; `null`: there is none, or no more.
    async fn former_secret_expires_at(&self) -> Option<Moment> {
        let former = self.0.endpoint.former.as_ref();
        former.map(|former| Moment(former.until))
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.endpoint.created_at)
    }

    /// Who made it: the name of a key.
    async fn created_by(&self) -> &str {
        &self.0.endpoint.created_by
    }
}

/// A message for an endpoint, and what became of it.
#[derive(Clone, Debug)]
pub struct WebhookDelivery {
    row: Delivery,
    endpoint: Option<WebhookEndpoint>,
    attempts: Vec<WebhookAttempt>,
}

impl Ready for WebhookDelivery {}

/// Attempts that are listed, at most.
const MAX_ATTEMPTS: usize = 50;

impl WebhookDelivery {
    /// What its ids say that they are of.
    pub(super) const TYPE: &str = "WebhookDelivery";

    /// Deliveries with their attempts and where they go: two statements for all.
    pub(super) async fn all(
        database: &Database,
        slice: Slice<Delivery>,
    ) -> Result<Slice<Self>, Error> {
        let rows = slice.items.iter().map(|(_, row)| row);
        let ids: Vec<i64> = rows.clone().map(|row| row.id).collect();
        let endpoints: BTreeSet<i64> = rows.map(|row| row.endpoint_id).collect();
        let endpoints: Vec<i64> = endpoints.into_iter().collect();
        let mut attempts = store::attempts(database, &ids).await?;
        let endpoints = store::told(database, &endpoints).await?;
        Ok(slice.map(|row| {
            let made = attempts.remove(&row.id).unwrap_or_default();
            let early = made.len().saturating_sub(MAX_ATTEMPTS);
            let told = endpoints.get(&row.endpoint_id);
            Self {
                endpoint: told.cloned().map(WebhookEndpoint::new),
                attempts: made.into_iter().skip(early).map(WebhookAttempt).collect(),
                row,
            }
        }))
    }

    /// The delivery as it is now.
    pub(super) async fn now(database: &Database, id: i64) -> Result<Option<Self>, Error> {
        let Some(row) = store::delivery(database, id).await? else {
            return Ok(None);
        };
        let one = Slice {
            items: vec![(crate::graphql::keyset::Cursor::unread(), row)],
            has_next: false,
            has_previous: false,
        };
        let mut made = Self::all(database, one).await?.items;
        Ok(made.pop().map(|(_, delivery)| delivery))
    }
}

/// A message for an endpoint, and what became of it. It is kept for 30 days after
/// it ended.
#[Object]
impl WebhookDelivery {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Self::TYPE, self.row.id)
    }

    /// Where it goes; `null`: the endpoint was removed just now.
    async fn endpoint(&self) -> Option<&WebhookEndpoint> {
        self.endpoint.as_ref()
    }

    /// What receivers know the message by, in `webhook-id`: the same for all
    /// endpoints, and however often it is sent.
    async fn message(&self) -> &str {
        &self.row.public_id
    }

    /// What it tells.
    async fn event(&self) -> Event {
        Event::of_text(&self.row.event).unwrap_or(Event::Ping)
    }

    /// When that happened.
    async fn happened_at(&self) -> Moment {
        Moment(self.row.happened_at)
    }

    /// What is sent, to the byte: JSON, as `/schemas/webhook-1.json` describes it.
    async fn payload(&self) -> &str {
        &self.row.payload
    }

    /// What became of it.
    async fn state(&self) -> WebhookDeliveryState {
        self.row.state.into()
    }

    /// When it is to be tried next; `null`: it is not.
    async fn due_at(&self) -> Option<Moment> {
        let pending = self.row.ended_at.is_none();
        pending.then_some(Moment(self.row.due_at))
    }

    /// When it was delivered, given up or cancelled; `null` while it is pending.
    async fn ended_at(&self) -> Option<Moment> {
        self.row.ended_at.map(Moment)
    }

    /// How it went, each time, the last 50 times at most; the first first.
    async fn attempts(&self) -> &[WebhookAttempt] {
        &self.attempts
    }
}

/// One time that a message was sent.
#[derive(Clone, Debug)]
pub struct WebhookAttempt(webhook_attempt::Model);

/// One time that a message was sent.
#[Object]
impl WebhookAttempt {
    /// When.
    async fn began_at(&self) -> Moment {
        Moment(self.0.began_at)
    }

    /// How long it took, in milliseconds.
    async fn duration_milliseconds(&self) -> i32 {
        self.0.duration_ms
    }

    /// The status of the answer; `null`: there was none.
    async fn status(&self) -> Option<i32> {
        self.0.status
    }

    /// Why there was no answer, in English; `null`: there was one.
    async fn failure(&self) -> Option<&str> {
        self.0.failure.as_deref()
    }

    /// The first 1,024 bytes of the answer, as text; empty without one.
    async fn response(&self) -> &str {
        &self.0.response
    }
}
