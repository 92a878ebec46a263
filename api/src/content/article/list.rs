//! A list of articles: what a field's arguments ask for.

use async_graphql::{Context, Lookahead, SelectionField};
use sea_orm::sea_query::Condition;

use crate::cache::tag::Kinds;
use crate::content::article::filter::{
    ArticleFilter, ArticleOrder, ArticleOrderField, best_first, order,
};
use crate::content::article::store::{
    self, Columns, Facet, Found, Joins, Parent, Parts, Signed, Wanted, are_bylines_ordered,
};
use crate::content::filter::{kept, kinds};
use crate::content::language::Locales;
use crate::content::publication::Reader;
use crate::content::rich_text::asked;
use crate::content::search::Matching;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Direction, Slice};
use crate::graphql::page::Page;

/// Which articles a field lists: its arguments, and what is asked of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleList {
    pub locales: Locales,
    pub filter: Option<Box<ArticleFilter>>,
    pub order: Vec<ArticleOrder>,
    pub page: Page,
    /// What is read of each article.
    pub parts: Parts,
    /// Only articles whose words meet this, the best first.
    pub matching: Option<Matching>,
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
        filter: Option<Box<ArticleFilter>>,
        order_by: Option<Vec<ArticleOrder>>,
        default: ArticleOrder,
        page: Page,
    ) -> Self {
        let order = order_by
            .filter(|keys| !keys.is_empty())
            .unwrap_or_else(|| vec![default]);
        let others = order.iter().map(ArticleOrder::kinds);
        let others = others.fold(kinds(filter.as_deref()), Kinds::and);
        reader.notes.tags(others.lists());
        Self {
            locales: reader.locales.clone(),
            filter,
            order,
            page,
            parts: asked_of_items(ctx),
            matching: None,
        }
    }

    /// The same list without what its filter asks of one facet.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        let filter = self.filter.as_ref();
        let filter = filter.map(|filter| Box::new(filter.without(facet)));
        Self {
            // One that asks nothing keeps what none keeps.
            filter: filter.filter(|filter| **filter != ArticleFilter::default()),
            ..self.clone()
        }
    }

    /// The articles of a search, the best first.
    pub fn matching(
        ctx: &Context<'_>,
        reader: &Reader,
        filter: Option<Box<ArticleFilter>>,
        matching: Matching,
        page: Page,
    ) -> Self {
        Self {
            matching: Some(matching),
            ..Self::new(ctx, reader, filter, None, NEWEST, page)
        }
    }

    /// The page of a search.
    ///
    /// # Errors
    /// If the filter is too large, a value of it is out of bounds, the cursor is
    /// of another list, or the database does not answer.
    pub async fn found(&self, db: &Database) -> Result<Slice<Found>, Error> {
        store::found(db, &self.wanted()?, &self.page, self.parts).await
    }

    /// Check that the page's cursor is of this list.
    ///
    /// # Errors
    /// If it is not, or the list can't be.
    pub fn check_cursor(&self) -> Result<(), Error> {
        self.wanted()?.order.check(&self.page)
    }

    /// What its filter and its search ask.
    ///
    /// # Errors
    /// If the filter is too large, or a value of it is out of bounds.
    pub fn condition(&self) -> Result<Condition, Error> {
        let kept = kept(self.filter.as_deref(), &self.locales)?;
        Ok(match &self.matching {
            Some(matching) => kept.add(matching.condition()),
            None => kept,
        })
    }

    /// The list as the store reads it.
    ///
    /// # Errors
    /// If the filter is too large, a value of it is out of bounds, or the order
    /// has too many keys.
    pub fn wanted(&self) -> Result<Wanted, Error> {
        let filter = self.filter.as_deref();
        let of_author = filter.map(|filter| filter.of_one_author(&self.locales));
        if let Some((signed, rest)) = of_author.transpose()?.flatten() {
            return self.wanted_by(rest, Some(signed));
        }
        self.wanted_by(kept(filter, &self.locales)?, None)
    }

    /// The list below a `parent`, as the store reads it.
    ///
    /// # Errors
    /// The same.
    pub fn wanted_below(&self, parent: Parent) -> Result<Wanted, Error> {
        let filter = self.filter.as_deref();
        let is_signed = parent == Parent::Author && are_bylines_ordered(self.locales.sight());
        let signed = match filter {
            _ if !is_signed => None,
            Some(filter) => Some(filter.signed()?),
            None => Some(Signed::default()),
        };
        self.wanted_by(kept(filter, &self.locales)?, signed)
    }

    fn wanted_by(&self, condition: Condition, signed: Option<Signed>) -> Result<Wanted, Error> {
        let locales = self.locales.clone();
        let filter = self.filter.as_deref();
        let facts = filter.is_some_and(ArticleFilter::asks_facts);
        if let Some(matching) = &self.matching {
            return Ok(Wanted {
                order: best_first(&format!("{matching:?}"), &locales),
                joins: Joins {
                    facts,
                    ..Joins::default()
                },
                scored: Some(matching.scored()),
                locales,
                condition,
                signed,
            });
        }
        let (order, mut joins) = order(&self.order, &locales)?;
        joins.facts |= facts;
        Ok(Wanted {
            locales,
            condition,
            order,
            joins,
            signed,
            scored: None,
        })
    }
}

/// What a field asks of the articles that it lists.
fn asked_of_items(ctx: &Context<'_>) -> Parts {
    let list = ctx.look_ahead();
    let (nodes, edges, page) = (
        list.field("nodes"),
        list.field("edges"),
        list.field("pageInfo"),
    );
    let edge_nodes = edges.field("node");
    let mut columns = columns_of(&nodes).and(columns_of(&edge_nodes));
    if edges.field("highlights").exists() {
        columns = Columns::ALL;
    }
    Parts {
        columns,
        forms: asked(&nodes).and(asked(&edge_nodes)),
        cursor: edges.field("cursor").exists()
            || page.field("startCursor").exists()
            || page.field("endCursor").exists(),
    }
}

/// The columns that are needed for what is selected of an article.
fn columns_of(articles: &Lookahead<'_>) -> Columns {
    let articles = articles.selection_fields();
    let fields = articles.iter().flat_map(SelectionField::selection_set);
    fields.fold(Columns::FEWEST, |columns, field| {
        columns.and(columns_for(field.name()))
    })
}

/// The columns that a field of an article needs: all, unless it is known to
/// need less.
fn columns_for(field: &str) -> Columns {
    match field {
        "__typename" | "id" | "slug" | "title" | "publishedAt" | "authors" => Columns::FEWEST,
        "lead" => Columns::LEAD,
        "topic" => Columns::TOPIC,
        "trend" | "issue" => Columns::FACTS,
        "body" | "excerpt" | "wordCount" | "readingMinutes" | "corrections" | "locale"
        | "isFallback" | "direction" | "script" => Columns::WORDS,
        // Its address may tell issue and topic.
        "url" => Columns::WORDS.and(Columns::TOPIC).and(Columns::FACTS),
        _ => Columns::ALL,
    }
}
