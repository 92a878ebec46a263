//! What is kept in memory of what was read.

pub mod entities;
