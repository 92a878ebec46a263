//! Who asks, and what they may do. Every operation has a row in one table;
//! what has none can't be done by anyone.

mod caller;
mod permission;
mod preview;
mod role;

pub use caller::{Caller, KeyCaller};
pub use permission::{Operation, Reach};
pub use preview::{Previewed, open_preview, preview_token};
pub use role::Role;
