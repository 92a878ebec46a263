//! Writing by mutations.

mod articles;
mod issues;
mod named;
mod publication;
