//! What is published.

pub mod exchange;
