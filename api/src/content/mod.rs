//! What is published.

pub mod demo;
pub mod exchange;
