//! Translations as things of their own: the words of an issue, an article, a
//! topic or an author in one locale.

mod filter;
mod loader;
mod object;
mod query;
mod store;

pub use loader::{translations_of, words_by_id};
pub use object::{
    ArticleTranslation, AuthorTranslation, IssueTranslation, State, TopicTranslation, Translation,
};
pub use query::TranslationQuery;
