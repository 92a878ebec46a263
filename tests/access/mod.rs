//! Who may do what.

mod http;
mod key;
mod last_use;
mod permission;
mod preview;
mod sight;
