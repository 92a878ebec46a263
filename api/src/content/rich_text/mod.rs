//! Rich text: one source in CommonMark, and the forms that readers ask for.
//!
//! [`render`] makes all forms of a body at once; [`write`] stores them beside
//! the words that they are of. The source is parsed once, into the tree of
//! `tree`, and each form is written from that tree, so that no two of them
//! can disagree. Links between articles are stored unresolved, and resolved
//! for each reader (`link`).

mod address;
mod anchor;
mod excerpt;
mod forms;
mod html;
mod link;
mod loader;
mod object;
mod parse;
mod reading_time;
mod render;
mod sanitize;
mod store;
mod text;
mod tree;

pub use excerpt::{DEFAULT_LENGTH, MAX_LENGTH, Unit, excerpt};
pub use forms::{Form, Forms, Texts};
pub use link::absolute_html;
pub use loader::FormOf;
pub use object::{Html, Json, RichText, asked};
pub use reading_time::minutes;
pub use render::{Heading, Rendered, links, render};
pub use sanitize::{ELEMENTS, sanitize};
pub use store::{read, select, write};
