//! All SQL of articles.

mod facet;
mod key_terms;
mod list;
mod lookup;
mod neighbour;
mod public;
mod related;
mod trend;
mod writing;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::content::rich_text::{self, Forms, Texts};
use crate::content::store;

pub use facet::{Asked, Counted, Facet, facets_of};
pub use key_terms::{KeyTerms, write_key_terms};
pub use list::{Found, Joins, Wanted, counts_of, found, page, pages_of, parents};
pub use lookup::{addresses, by_ids, by_slug, places};
pub use neighbour::{Step, Within, neighbours};
pub use public::{refresh_public_at, refresh_public_at_of_articles};
pub use related::related;
pub use trend::{Span, Standing, series_of, speaking_in, standings};
pub use writing::{
    IssueFacts, Owner, at_position, authors_of, issue_facts, known_authors, last_position, owner,
    owners_in, remove_words, set_source, stages, taken_keys, words_in, words_of, write_byline,
    write_words,
};

/// An article as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub key: String,
    pub issue_id: i64,
    pub position: i32,
    pub topic_id: i64,
    pub trend: Option<Trend>,
    pub original_locale: String,
    pub facts_version: i32,
    pub translation_id: i64,
    pub locale: String,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub state: State,
    pub public_at: DateTime<Utc>,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    /// The forms of its body that were asked for.
    #[sea_orm(skip)]
    pub texts: Arc<Texts>,
}

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

/// Select the columns of a row, with these forms of the body.
fn select_row(select: &mut SelectStatement, forms: Forms) {
    for name in [
        "id",
        "key",
        "issue_id",
        "position",
        "topic_id",
        "trend",
        "original_locale",
    ] {
        select.expr_as(Expr::col(("a", name)), name);
    }
    select.expr_as(Expr::col(("a", "version")), "facts_version");
    select.expr_as(Expr::col(("at", "id")), "translation_id");
    for name in [
        "locale",
        "slug",
        "title",
        "lead",
        "state",
        "public_at",
        "version",
        "updated_at",
    ] {
        select.expr_as(Expr::col(("at", name)), name);
    }
    rich_text::select(select, forms);
}

/// The row that [`select_row`] selected with the same forms.
fn read_row(result: &QueryResult, forms: Forms) -> Result<Row, DbErr> {
    let mut row = Row::from_query_result(result, "")?;
    if forms != Forms::NONE {
        row.texts = Arc::new(rich_text::read(result, forms)?);
    }
    Ok(row)
}
