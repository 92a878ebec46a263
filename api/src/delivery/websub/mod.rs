//! WebSub: hubs are told which feeds changed, fetch them, and tell their
//! subscribers (<https://www.w3.org/TR/websub/>). How a publisher tells a hub is
//! left open there; it is done as hubs commonly take it: `hub.mode=publish` with
//! the feeds as `hub.url`.
//!
//! For each hub a worker of its own follows the change log, by a position that is
//! saved, as purges do: a hub that is down is told when it is back.

mod store;
mod topics;
mod worker;

pub use topics::topics_of;
pub use worker::{keep_announcing, settle};
