//! What is wished for.

use async_graphql::{ID, InputObject};

use crate::delivery::webhook::event::Event;
use crate::delivery::webhook::wish::Wish;
use crate::graphql::scalar::{Locale, Moment};

/// An endpoint that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointCreateInput {
    /// Where messages are posted: an `https` URL of at most 2,000 characters,
    /// without user and fragment. It has to lead to a public address.
    pub url: String,
    /// What it is, for people: at most 200 characters.
    pub description: Option<String>,
    /// What it is told of. Without, or of none: of everything.
    pub events: Option<Vec<Event>>,
    /// In which of the publication's locales. Without, or of none: in all.
    pub locales: Option<Vec<Locale>>,
}

/// An endpoint that is to be changed. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointUpdateInput {
    /// Its id.
    pub id: ID,
    /// Where messages are posted: an `https` URL of at most 2,000 characters,
    /// without user and fragment. It has to lead to a public address.
    pub url: Option<String>,
    /// What it is, for people: at most 200 characters; `""` for nothing.
    pub description: Option<String>,
    /// What it is told of; of none: of everything.
    pub events: Option<Vec<Event>>,
    /// In which of the publication's locales; of none: in all.
    pub locales: Option<Vec<Locale>>,
    /// Whether it is told anything. What waits when it is disabled is cancelled;
    /// when it is enabled again it is told what changes from then on.
    pub enabled: Option<bool>,
}

/// An endpoint that is to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointDeleteInput {
    /// Its id.
    pub id: ID,
}

/// An endpoint that is to get a new secret.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointRotateSecretInput {
    /// Its id.
    pub id: ID,
}

/// An endpoint that is to be tested.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointTestInput {
    /// Its id.
    pub id: ID,
}

/// What an endpoint is to be told again.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookEndpointReplayInput {
    /// Its id.
    pub id: ID,
    /// What happened then or later: at most 30 days ago.
    pub since: Moment,
}

/// A delivery that is to be sent again.
#[derive(Clone, Debug, InputObject)]
pub struct WebhookDeliveryReplayInput {
    /// Its id.
    pub id: ID,
}

impl From<WebhookEndpointCreateInput> for Wish {
    fn from(input: WebhookEndpointCreateInput) -> Self {
        let WebhookEndpointCreateInput {
            url,
            description,
            events,
            locales,
        } = input;
        Self {
            url: Some(url),
            description,
            events,
            locales: locales.map(tags),
            enabled: None,
        }
    }
}

impl From<WebhookEndpointUpdateInput> for Wish {
    fn from(input: WebhookEndpointUpdateInput) -> Self {
        let WebhookEndpointUpdateInput {
            id: _,
            url,
            description,
            events,
            locales,
            enabled,
        } = input;
        Self {
            url,
            description,
            events,
            locales: locales.map(tags),
            enabled,
        }
    }
}

fn tags(locales: Vec<Locale>) -> Vec<String> {
    locales.into_iter().map(|Locale(tag)| tag).collect()
}
