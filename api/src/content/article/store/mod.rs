//! All SQL of articles.

mod below;
mod facet;
mod key_terms;
mod list;
mod lookup;
mod neighbour;
mod public;
mod related;
mod row;
mod signed;
mod trend;
mod writing;

use sea_orm::sea_query::SelectStatement;

use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::content::store;

pub use below::{counts_of, pages_of, parents};
pub use facet::{Asked, Counted, Facet, facets_of};
pub use key_terms::{KeyTerms, write_key_terms};
pub use list::{Found, Joins, Wanted, found, page};
pub use lookup::{addresses, by_ids, by_slug, places};
pub use neighbour::{Step, Within, neighbours};
pub use public::{refresh_public_at, refresh_public_at_of_articles};
pub use related::related;
pub use row::{Columns, Parts, Row};
pub use signed::{BYLINES, Signed, are_bylines_ordered};
pub use trend::{Span, Standing, series_of, speaking_in, standings};
pub use writing::{
    IssueFacts, Owner, at_position, authors_of, issue_facts, known_authors, last_position, owner,
    owners_in, remove_words, set_source, stages, taken_keys, words_in, words_of, write_byline,
    write_words,
};

use row::{read_row, select_row};

/// Where an article is shown, in the locale that a reader is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub id: i64,
    pub issue_id: i64,
    pub topic_id: i64,
    pub locale: String,
    pub slug: String,
    pub place: Place,
}

/// What articles can be listed below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parent {
    Issue,
    Topic,
    Author,
}

fn served(locales: &Locales) -> SelectStatement {
    store::served(Translated::Article, locales)
}
