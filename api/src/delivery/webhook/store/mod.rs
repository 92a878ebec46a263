//! All SQL of webhooks.

mod delivery;
mod endpoint;
mod facts;
mod list;
mod prune;
mod waiting;

pub(super) use delivery::{Due, Ended, Outcome, claim, due, finish};
pub(super) use endpoint::{Told, count, delete, enabled, find, insert, order, page, told, update};
pub(super) use facts::{Facts, IssueFacts, facts};
pub(super) use list::{Delivery, attempts, count_deliveries, deliveries, delivery, delivery_order};
pub use prune::prune;
pub(super) use waiting::{NewMessage, add, again, cancel_all, waiting};

/// Rows in one statement, at most.
const ROWS: usize = 500;
