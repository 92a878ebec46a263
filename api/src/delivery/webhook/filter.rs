//! Which deliveries to keep.

use async_graphql::{Enum, ID, InputObject};
use masthead_entities::webhook_delivery::State;
use masthead_entities::webhook_endpoint::Disabled;
use sea_orm::ActiveEnum as _;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::event::Event;
use crate::error::Error;
use crate::graphql::filter::{MomentFilter, always, within};
use crate::graphql::id::decode_as;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "State")]
pub enum WebhookDeliveryState {
    /// It is to be sent, or sent again.
    Pending,
    /// The endpoint answered with a status of 200 to 299.
    Delivered,
    /// It was given up.
    Failed,
    /// The endpoint was disabled while it waited.
    Cancelled,
}

/// Why an endpoint is told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Disabled")]
pub enum WebhookDisabledReason {
    /// An admin disabled it.
    Admin,
    /// It answered 410 Gone.
    Gone,
    /// A delivery was tried for two days, in which nothing got through.
    Failing,
}

/// Which deliveries to keep. Fields combine with AND; an absent one keeps all.
#[derive(Clone, Debug, Default, InputObject)]
pub struct WebhookDeliveryFilter {
    /// To this endpoint.
    endpoint: Option<ID>,
    /// In one of these states, at most 100; of none, nothing matches.
    states: Option<Vec<WebhookDeliveryState>>,
    /// That tell one of these, at most 100; of none, nothing matches.
    events: Option<Vec<Event>>,
    /// When what they tell happened.
    happened_at: Option<MomentFilter>,
}

impl WebhookDeliveryFilter {
    /// What a row must be: deliveries go by `d`, messages by `m`.
    ///
    /// # Errors
    /// If a list is too long, or an id is of another type.
    pub(super) fn condition(&self) -> Result<Condition, Error> {
        let Self {
            endpoint,
            states,
            events,
            happened_at,
        } = self;
        let mut all = always();
        if let Some(endpoint) = endpoint {
            let id = decode_as(endpoint, "WebhookEndpoint")?;
            all = all.add(Expr::col(("d", "endpoint_id")).eq(id));
        }
        if let Some(states) = states {
            let states = within("states", states)?.iter();
            let states = states.map(|state| State::from(*state).to_value());
            all = all.add(Expr::col(("d", "state")).is_in(states));
        }
        if let Some(events) = events {
            let events = within("events", events)?.iter();
            let events = events.map(|event| event.as_str());
            all = all.add(Expr::col(("m", "event")).is_in(events));
        }
        if let Some(happened_at) = happened_at {
            all = all.add(happened_at.condition(&Expr::col(("m", "happened_at")))?);
        }
        Ok(all)
    }
}
