//! The response cache: what is answered from it, and what never is.

mod answers;
mod coding;
mod fresh;
mod told;
mod unavailable;
