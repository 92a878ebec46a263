//! Translations as things of their own: the words of an issue, an article, a
//! topic or an author in one locale.

mod filter;
mod loader;
mod object;
mod query;
mod state;
mod store;

pub use object::{
    ArticleTranslation, AuthorTranslation, IssueTranslation, TopicTranslation, Translation,
    translations_of, words_by_id,
};
pub use query::TranslationQuery;
pub use state::State;
