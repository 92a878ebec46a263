//! Masthead: a headless GraphQL content API for weekly publications in several
//! languages.
//!
//! The modules stand in reading order. One rule holds between them, checked by
//! `tests/architecture.rs`: **edges import features, features import the
//! kit, the kit imports `masthead_entities`; never upwards.** Between features
//! one may use only what the other's `mod.rs` re-exports.

// Edges: how work comes in.
pub mod cli;
pub mod http;
pub mod schema;

// Features: what is published, and how it leaves.
pub mod administration;
pub mod content;
pub mod delivery;

// The kit: what features stand on; it knows none of them.
pub mod access;
pub mod app;
pub mod audit;
pub mod cache;
pub mod change_log;
pub mod client;
pub mod clock;
pub mod compression;
pub mod config;
pub mod database;
pub mod error;
pub mod graphql;
pub mod telemetry;
