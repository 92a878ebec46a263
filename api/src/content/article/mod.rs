//! Articles: one story in one issue, on one topic, by authors in byline order.

mod address;
mod facet;
mod filter;
mod list;
mod loader;
mod mutation;
mod newest;
mod object;
mod query;
mod ready;
mod store;
mod trend;
mod writing;

pub use address::article_url;
pub use facet::{ArticleConnection, Faceted, list_weight};
pub use filter::{ArticleFilter, ArticleListFilter, ArticleOrder, Trend};
pub use list::ArticleList;
pub use loader::{AddressOf, ArticleById, Listed, Lists, PlaceOf};
pub use mutation::ArticleMutation;
pub use newest::{Selection, article_by_slug, in_issue, newest};
pub use object::Article;
pub use query::{ArticleQuery, articles_of};
pub use store::{
    Address, Found, KeyTerms, Owner, Parent, Row as ArticleRow, Standing, refresh_public_at,
    refresh_public_at_of_articles, write_key_terms,
};
pub use trend::{IssueTrend, TrendPoint, series_of, series_weight, standing_of, trends_in};
pub use writing::{
    Words, publish_ready, publish_translation, read_translation, unpublish_translation,
    withdraw_issue, write_translation,
};
