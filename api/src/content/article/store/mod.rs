//! All SQL of articles.

mod facet;
mod list;
mod lookup;
mod neighbour;
mod trend;

use chrono::{DateTime, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, SelectStatement};

use crate::content::language::{Locales, Translated};
use crate::content::store;

pub use facet::{Asked, Counted, Facet, facets_of};
pub use list::{Joins, Wanted, counts_of, page, pages_of, parents};
pub use lookup::{by_ids, by_slug, places};
pub use neighbour::{Step, Within, neighbours};
pub use trend::{Span, Standing, series_of, speaking_in, standings};

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
    pub translation_id: i64,
    pub locale: String,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub state: State,
    pub public_at: DateTime<Utc>,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    /// `None`: not read.
    pub body: Option<String>,
}

/// What is read of an article beside what is always read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Columns {
    /// Nothing: bodies are long.
    Short,
    /// The body, too.
    WithBody,
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

fn select_row(select: &mut SelectStatement, columns: Columns) {
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
    select.expr_as(
        match columns {
            Columns::Short => Expr::cust("NULL"),
            Columns::WithBody => Expr::col(("at", "body")),
        },
        "body",
    );
}
