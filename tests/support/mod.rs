//! What the tests stand on: apps on throw-away databases, builders of content,
//! and the answers they give.
#![expect(
    clippy::expect_used,
    reason = "a test that can't be set up ends there, with the reason"
)]

mod answer;
mod app;
mod caller;
mod client;
pub mod cluster;
mod port;
pub mod seed;
mod tools;

pub use answer::Answer;
pub use app::{NOW, TestApp};
pub use caller::{key, translator};
pub use client::{Client, Reply};
pub use port::bound;
pub use tools::tools;
