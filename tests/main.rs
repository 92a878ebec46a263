//! What Masthead does, asked from outside.
#![expect(clippy::unwrap_used, reason = "a test that can't go on ends there")]

mod cli;
mod http;
