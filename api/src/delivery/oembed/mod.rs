//! oEmbed 1.0 (<https://oembed.com>): what other sites show of a page of the
//! website, by its address.
//!
//! [`Request`] reads what is asked, `subject.rs` finds what the address is of,
//! and `desk.rs` makes a [`Response`](response::Response) of it, whose `html` is
//! a card of an article (`card.rs`) or an embed of all else (`snippet.rs`).

mod card;
mod desk;
mod markup;
mod read;
mod request;
mod response;
mod size;
mod snippet;
mod subject;
mod write;

pub use read::document;
pub use request::Request;

/// Where it is asked.
pub const PATH: &str = "/oembed";

/// What it costs to make an answer, in the units of a query's cost.
pub const COST: usize = 200;
