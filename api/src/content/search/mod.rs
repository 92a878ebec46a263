//! Search: articles by the words that they hold, in any of their forms.
//!
//! One analyser makes the terms of texts and of queries; the index of each
//! engine holds them as they are. So both engines find the same.

mod analyser;
mod document;
mod highlight;
mod key_terms;
mod object;
mod postgres;
mod query;
mod question;
mod sqlite;
mod store;

pub use analyser::{Analyser, Term, is_stop_word};
pub use document::Document;
pub use key_terms::key_terms;
pub use query::SearchQuery;
pub use question::Question;
pub use store::{Matching, index};
