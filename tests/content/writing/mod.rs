//! Writing by mutations.

mod issues;
mod named;
mod publication;
