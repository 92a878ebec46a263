//! Translations as things of their own: the words of an issue, an article, a
//! topic or an author in one locale.

mod filter;
mod freshness;
mod loader;
mod object;
mod query;
mod state;
mod store;
mod words;
mod work;

pub use freshness::Freshness;
pub use loader::{TextOf, TranslationsOf};
pub use object::{
    ArticleTranslation, AuthorTranslation, IssueTranslation, TopicTranslation, Translation,
};
pub use query::TranslationQuery;
pub use state::State;
pub use store::{Row as TranslationRow, is_outdated};
pub use words::{translations_of, words_by_id, words_of_articles};
