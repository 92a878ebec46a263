//! Writing by mutations.

mod named;
