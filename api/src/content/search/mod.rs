//! Search: articles by the words that they hold, in any of their forms.
//!
//! One analyser makes the terms of texts and of queries; the index of each
//! engine holds them as they are. So both engines find the same.

mod analyser;
mod document;
mod highlight;
mod object;
mod postgres;
mod query;
mod question;
mod sqlite;
mod store;

pub use document::Document;
pub use query::SearchQuery;
pub use question::Question;
pub use store::{Matching, index};
