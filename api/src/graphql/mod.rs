//! What every GraphQL feature stands on: ids, pages, connections, scalars,
//! value filters, batching, limits.

pub mod batch;
pub mod connection;
pub mod context;
pub mod document;
pub mod documents;
pub mod filter;
pub mod id;
pub mod keyset;
pub mod limits;
pub mod page;
pub mod ready;
pub mod request;
pub mod scalar;
pub mod user_error;
