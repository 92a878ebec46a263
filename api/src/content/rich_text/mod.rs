//! Rich text: one source in CommonMark, and the forms that readers ask for.
//!
//! [`render`] makes all forms of a body at once; [`write`] stores them beside
//! the words that they are of. The source is parsed once, into the tree of
//! `tree`, and each form is written from that tree, so that no two of them
//! can disagree.

mod address;
mod anchor;
mod html;
mod parse;
mod render;
mod sanitize;
mod store;
mod text;
mod tree;

pub use render::{Heading, Rendered, render};
pub use store::write;
