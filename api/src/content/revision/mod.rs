//! Revisions: what words were at each of their versions. Nothing that was saved
//! is lost while the words are there.
//!
//! Whoever writes over words calls [`keep`] first.

mod difference;
mod loader;
mod object;
mod store;
mod summary;

pub use difference::{DiffOperation, DiffSegment, difference};
pub use object::{Revision, RevisionBody, revisions_of};
pub use store::{KeptText, keep, kept_text};
pub use summary::{RevisionDiff, RevisionSummary, difference_of};
