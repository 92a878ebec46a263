//! What every GraphQL feature stands on: documents, ids, pages, connections,
//! scalars, value filters, batching, limits.

pub mod batch;
pub mod checking;
pub mod connection;
pub mod context;
pub mod cost;
pub mod document;
pub mod documents;
pub mod filter;
pub mod hash;
pub mod id;
pub mod keyset;
pub mod limits;
pub mod notes;
pub mod page;
pub mod persisted;
pub mod ready;
pub mod refusal;
pub mod request;
pub mod scalar;
pub mod trusted;
pub mod user_error;
