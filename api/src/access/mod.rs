//! Who asks, and what they may do. Every operation has a row in one table;
//! what has none can't be done by anyone.

mod address;
mod authentication;
mod caller;
mod contract;
mod limiter;
mod permission;
mod preview;
mod role;
mod secret;
mod store;
mod usage;

pub use address::TrustedProxies;
pub use authentication::authenticate;
pub use caller::{Caller, KeyCaller};
pub use contract::{Contract, ContractContent, OutOfScope, Scope};
pub use limiter::{Client, Left, Limiter, Rates, TooMany};
pub use permission::{Operation, Reach};
pub use preview::{Previewed, open_preview, preview_token};
pub use role::Role;
pub use secret::{Fingerprint, NoRandomness, Secret, random};
pub use store::list_of;
pub use usage::{Counts, KEPT_DAYS, QuotaLeft, Usage};
