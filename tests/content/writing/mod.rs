//! Writing by mutations.

mod articles;
mod desk;
mod faults;
mod issues;
mod named;
mod publication;
mod week;
