//! Writing by mutations.

mod articles;
mod named;
