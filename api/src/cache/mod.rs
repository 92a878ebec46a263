//! What answers are kept by.

pub mod tag;
