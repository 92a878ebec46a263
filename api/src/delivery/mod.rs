//! How what is published leaves, beside the answers of the API.

mod document;
pub mod feed;
pub mod purge;
pub mod sitemap;
mod text;

pub use document::Document;
