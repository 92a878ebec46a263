//! What every GraphQL feature stands on: ids, pages, connections, scalars,
//! batching, limits.

pub mod limits;
pub mod page;
