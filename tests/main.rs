//! What Masthead does, asked from outside.
#![expect(clippy::unwrap_used, reason = "a test that can't go on ends there")]

mod access;
mod administration;
mod app;
mod architecture;
mod cache;
mod change_log;
mod cli;
mod content;
mod database;
mod delivery;
mod examples;
mod graphql;
mod http;
mod readme;
mod schema;
mod seed;
