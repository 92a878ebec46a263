//! How what is published leaves, beside the answers of the API.

mod document;
pub mod feed;
pub mod json_ld;
pub mod oembed;
mod parameters;
mod pause;
pub mod purge;
pub mod sitemap;
mod text;
pub mod webhook;
pub mod websub;

pub use document::Document;
