//! Articles: one story in one issue, on one topic, by authors in byline order.

mod filter;
mod list;
mod loader;
mod object;
mod query;
mod store;

pub use filter::{ArticleFilter, ArticleListFilter, ArticleOrder};
pub use list::ArticleList;
pub use loader::ArticleById;
pub use object::{Article, RichText};
pub use query::{ArticleQuery, articles_of};
pub use store::Parent;
