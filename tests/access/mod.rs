//! Who may do what.

mod http;
mod last_use;
mod made_up;
mod permission;
mod preview;
mod sight;
