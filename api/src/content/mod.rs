//! What is published.

pub mod exchange;
pub mod folding;
