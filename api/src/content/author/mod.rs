//! Authors: who wrote an article.

mod filter;
mod loader;
mod mutation;
mod object;
mod query;
mod store;

pub use filter::{AuthorFilter, AuthorListFilter};
pub use loader::{AuthorById, AuthorsOf};
pub use mutation::AuthorMutation;
pub use object::Author;
pub use query::AuthorQuery;
pub use store::Row as AuthorRow;
