//! Sitemaps (sitemaps.org, protocol 0.9) of what the website shows: an index, the
//! articles of each year, issues, topics, authors, and what is new.

mod address;
mod read;
mod robots;
mod store;
mod write;

pub use address::Address;
pub use read::document;
pub use robots::robots;

/// What it costs to make one, in the units of a query's cost.
pub const COST: usize = 5_000;

/// The type that they are sent as.
const MEDIA_TYPE: &str = "application/xml; charset=utf-8";
