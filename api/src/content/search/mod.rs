//! Search: articles by the words that they hold.

mod analyser;
mod document;
mod postgres;
mod sqlite;
mod store;

pub use document::Document;
pub use store::index;
