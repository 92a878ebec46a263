//! What Masthead does, asked from outside.
#![expect(clippy::unwrap_used, reason = "a test that can't go on ends there")]

mod app;
mod content;
mod database;
mod seed;
