//! Writing by mutations.

mod issues;
mod named;
