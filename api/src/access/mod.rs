//! Who asks, and what they may do. Every operation has a row in one table;
//! what has none can't be done by anyone.

mod authentication;
mod caller;
mod last_use;
mod permission;
mod preview;
mod role;
mod secret;
mod store;

pub use authentication::authenticate;
pub use caller::{Caller, KeyCaller};
pub use last_use::LastUses;
pub use permission::{Operation, Reach};
pub use preview::{Previewed, open_preview, preview_token};
pub use role::Role;
pub use secret::{Fingerprint, NoRandomness, Secret};
pub use store::locales_of;
