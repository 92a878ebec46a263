//! Webhooks: servers that partners name are told what changed.
//!
//! Each endpoint is a reader of the change log with a saved position
//! (`fan_out`). What it is to be told becomes messages, which all endpoints share,
//! and deliveries, of which a bounded number waits; the rest stays in the log
//! until there is room. Any number of processes sends them (`courier`): one at a
//! time has a delivery, by a lease that ends by itself, and of one thing the next
//! is sent when the one before has ended. So each is delivered at least once, in
//! order for each thing; receivers know a message by its id.

mod again;
mod attempt;
mod backoff;
mod courier;
mod endpoint;
mod event;
mod fan_out;
mod fault;
mod filter;
mod mutation;
mod object;
mod payload;
mod query;
mod sender;
mod signature;
mod store;
mod wish;
mod worker;

pub use courier::Courier;
pub use endpoint::{MAX_ENDPOINTS, OVERLAP};
pub use event::Event;
pub use fan_out::MAX_WAITING;
pub use mutation::WebhookMutation;
pub use object::{WebhookAttempt, WebhookDelivery, WebhookEndpoint};
pub use query::WebhookQuery;
pub use signature::Secret;
pub use store::prune;
pub use worker::{keep_delivering, keep_pruned};
