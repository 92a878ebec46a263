//! A list of articles: what a field's arguments ask for.

use async_graphql::Context;
use sea_orm::sea_query::Condition;

use crate::content::article::filter::{ArticleFilter, ArticleOrder, ArticleOrderField, order};
use crate::content::article::store::{Facet, Wanted};
use crate::content::filter::kept;
use crate::content::language::Locales;
use crate::content::publication::Reader;
use crate::content::rich_text::{Forms, asked};
use crate::error::Error;
use crate::graphql::keyset::Direction;
use crate::graphql::page::Page;

/// Which articles a field lists: its arguments, and what is asked of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleList {
    pub locales: Locales,
    pub filter: Option<ArticleFilter>,
    pub order: Vec<ArticleOrder>,
    pub page: Page,
    /// The forms of its articles' bodies that are read with them.
    pub forms: Forms,
}

/// Newest first.
pub const NEWEST: ArticleOrder = ArticleOrder {
    field: ArticleOrderField::PublishedAt,
    direction: Direction::Desc,
};

/// In the order of the issue.
pub const BY_POSITION: ArticleOrder = ArticleOrder {
    field: ArticleOrderField::Position,
    direction: Direction::Asc,
};

impl ArticleList {
    /// The list that a field's arguments ask for; sorted by `default` where
    /// they do not say.
    pub fn new(
        ctx: &Context<'_>,
        reader: &Reader,
        filter: Option<ArticleFilter>,
        order_by: Option<Vec<ArticleOrder>>,
        default: ArticleOrder,
        page: Page,
    ) -> Self {
        Self {
            locales: reader.locales.clone(),
            filter,
            order: order_by
                .filter(|keys| !keys.is_empty())
                .unwrap_or_else(|| vec![default]),
            page,
            forms: asked_of_items(ctx),
        }
    }

    /// The same list without what its filter asks of one facet.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        let filter = self.filter.as_ref().map(|filter| filter.without(facet));
        Self {
            // One that asks nothing keeps what none keeps.
            filter: filter.filter(|filter| *filter != ArticleFilter::default()),
            ..self.clone()
        }
    }

    /// What its filter asks.
    ///
    /// # Errors
    /// If the filter is too large, or a value of it is out of bounds.
    pub fn condition(&self) -> Result<Condition, Error> {
        kept(self.filter.as_ref(), &self.locales)
    }

    /// The list as the store reads it.
    ///
    /// # Errors
    /// If the filter is too large, a value of it is out of bounds, or the order
    /// has too many keys.
    pub fn wanted(&self) -> Result<Wanted, Error> {
        let (order, joins) = order(&self.order, &self.locales)?;
        Ok(Wanted {
            locales: self.locales.clone(),
            condition: self.condition()?,
            order,
            joins,
        })
    }
}

/// The forms that a field asks of the articles that it lists.
fn asked_of_items(ctx: &Context<'_>) -> Forms {
    let list = ctx.look_ahead();
    asked(&list.field("nodes")).and(asked(&list.field("edges").field("node")))
}
