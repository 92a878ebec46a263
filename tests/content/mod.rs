//! What is published.

mod exchange;
