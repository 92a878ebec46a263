//! How what is published leaves, beside the answers of the API.

pub mod purge;
