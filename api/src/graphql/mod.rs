//! What every GraphQL feature stands on: ids, pages, connections, scalars,
//! value filters, batching, documents, limits.

pub mod batch;
pub mod checking;
pub mod connection;
pub mod context;
pub mod cost;
pub mod document;
pub mod documents;
pub mod filter;
pub mod id;
pub mod keyset;
pub mod limits;
pub mod notes;
pub mod page;
pub mod refusal;
pub mod request;
pub mod scalar;
pub mod user_error;
