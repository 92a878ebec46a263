//! What mutations answer.

use async_graphql::{ID, SimpleObject};

use crate::delivery::webhook::object::{WebhookDelivery, WebhookEndpoint};
use crate::graphql::user_error::{UserError, payload};

/// The endpoint that was made.
#[derive(Debug, SimpleObject)]
pub struct WebhookEndpointCreatePayload {
    /// The endpoint; `null` where none was made.
    pub(super) webhook_endpoint: Option<WebhookEndpoint>,
    /// What messages are signed with, as Standard Webhooks has it: `whsec_…`. It
    /// is told here and never again; `null` where none was made.
    pub(super) secret: Option<String>,
    /// What is wrong with the input; empty where it was done.
    pub(super) user_errors: Vec<UserError>,
}

/// The endpoint that got a new secret.
#[derive(Debug, SimpleObject)]
pub struct WebhookEndpointRotateSecretPayload {
    /// The endpoint as it is now; `null` where there is none.
    pub(super) webhook_endpoint: Option<WebhookEndpoint>,
    /// What messages are signed with from now on, beside the former secret. It is
    /// told here and never again; `null` where there is no new one.
    pub(super) secret: Option<String>,
    /// What is wrong with the input; empty where it was done.
    pub(super) user_errors: Vec<UserError>,
}

payload! {
    /// The endpoint that was changed.
    WebhookEndpointUpdatePayload {
        /// The endpoint as it is now; `null` where there is none.
        webhook_endpoint: WebhookEndpoint
    }
}

payload! {
    /// The endpoint that was removed.
    WebhookEndpointDeletePayload {
        /// The id that it had; `null` where none was removed.
        deleted: ID
    }
}

payload! {
    /// The test that is sent.
    WebhookEndpointTestPayload {
        /// The delivery as it is now, for whoever wants to see how it goes;
        /// `null` where none was made.
        webhook_delivery: WebhookDelivery
    }
}

payload! {
    /// The endpoint that is told again.
    WebhookEndpointReplayPayload {
        /// The endpoint as it is now; `null` where there is none.
        webhook_endpoint: WebhookEndpoint
    }
}

payload! {
    /// The delivery that is sent again.
    WebhookDeliveryReplayPayload {
        /// The delivery as it is now; `null` where there is none.
        webhook_delivery: WebhookDelivery
    }
}
