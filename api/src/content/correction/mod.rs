//! Corrections: what the published words of an article said wrongly, dated, in
//! their locale.

mod loader;
mod mutation;
mod object;
mod store;

pub use loader::CorrectionsOf;
pub use mutation::CorrectionMutation;
pub use object::{Correction, WEIGHT, corrections_of};
