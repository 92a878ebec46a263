//! Who may do what.

mod contract;
mod http;
mod made_up;
mod permission;
mod preview;
mod sight;
mod usage;
