//! Topics: what articles are about.

mod filter;
mod loader;
mod mutation;
mod object;
mod query;
mod store;

pub use filter::TopicFilter;
pub use loader::TopicById;
pub use mutation::TopicMutation;
pub use object::Topic;
pub use query::TopicQuery;
pub use store::Row as TopicRow;
