//! Which authors to keep, and how to sort them.

use async_graphql::{Enum, InputObject};
use sea_orm::sea_query::{Condition, Expr, SelectStatement};

use crate::cache::tag::Kind;
use crate::content::article::{ArticleListFilter, Parent};
use crate::content::author::store::articles;
use crate::content::collation;
use crate::content::filter::{Filter, Quantified, Size, available_in, combined, combined_size};
use crate::content::folding::fold;
use crate::content::language::{Locales, Translated};
use crate::content::store::served;
use crate::error::Error;
use crate::graphql::filter::{IdFilter, SlugFilter, TextFilter};
use crate::graphql::keyset::{Direction, KeyType, Order, SortKey, check_keys};
use crate::graphql::scalar::Locale;

/// Which authors to keep, of those who exist for the reader. Fields combine
/// with AND; an absent one keeps all. Words are those that the reader is
/// served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct AuthorFilter {
    /// All of these; of none, everything matches.
    and: Option<Vec<AuthorFilter>>,
    /// At least one of these; of none, nothing matches.
    or: Option<Vec<AuthorFilter>>,
    /// Not this.
    not: Option<Box<AuthorFilter>>,
    /// The author's id.
    id: Option<IdFilter>,
    /// The author's slug.
    slug: Option<SlugFilter>,
    /// The name, as served.
    name: Option<TextFilter>,
    /// With words in each of these locales, whatever the reader's.
    available_in: Option<Vec<Locale>>,
    /// The author's articles, as far as they exist for the reader.
    articles: Option<ArticleListFilter>,
}

/// Which articles to keep by their authors, as far as these exist for the
/// reader. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct AuthorListFilter {
    /// At least one author is like this.
    some: Option<Box<AuthorFilter>>,
    /// No author is unlike this; there may be none at all.
    every: Option<Box<AuthorFilter>>,
    /// No author is like this.
    none: Option<Box<AuthorFilter>>,
}

/// What authors can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum AuthorOrderField {
    /// The name that is served, by the alphabet of its language.
    Name,
    /// The slug.
    Slug,
}

/// One key to sort authors by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct AuthorOrder {
    /// What to sort by.
    field: AuthorOrderField,
    /// Which way.
    #[graphql(default_with = "Direction::Asc")]
    direction: Direction,
}

impl Filter for AuthorFilter {
    fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let Self {
            and,
            or,
            not,
            id,
            slug,
            name,
            available_in: available,
            articles,
        } = self;
        let mut all = combined(and.as_deref(), or.as_deref(), not.as_deref(), locales)?;
        if let Some(filter) = id {
            all = all.add(filter.condition(&Expr::col(("u", "id")), "Author")?);
        }
        if let Some(filter) = slug {
            all = all.add(filter.condition(&Expr::col(("u", "slug")))?);
        }
        if let Some(filter) = name {
            all = all.add(filter.condition(&Expr::col(("ut", "folded_name")), fold)?);
        }
        if let Some(tags) = available {
            all = all.add(available_in(Translated::Author, tags, locales.sight())?);
        }
        if let Some(filter) = articles {
            all = all.add(filter.condition(Parent::Author, locales)?);
        }
        Ok(all)
    }

    fn size(&self) -> Size {
        let combined = combined_size(self.and.as_deref(), self.or.as_deref(), self.not.as_deref());
        let articles = self.articles.as_ref().map(ArticleListFilter::size);
        let available = usize::from(self.available_in.is_some());
        Size::holding([combined].into_iter().chain(articles)).of_others(available)
    }
}

impl AuthorFilter {
    /// Whether it keeps to one author at most: a slug means one author, whatever
    /// the locale.
    fn is_one(&self) -> bool {
        self.id.as_ref().is_some_and(IdFilter::is_one)
            || self.slug.as_ref().is_some_and(SlugFilter::is_one)
    }

    /// The keys of the authors that it keeps, of those who exist for a reader of
    /// `locales`.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn keys(&self, locales: &Locales) -> Result<SelectStatement, Error> {
        Ok(served(Translated::Author, locales)
            .expr(Expr::col(("u", "id")))
            .cond_where(self.condition(locales)?)
            .to_owned())
    }
}

impl AuthorListFilter {
    /// If only the articles of one author can be like this: who that is, and
    /// what else it asks for.
    #[must_use]
    pub fn of_one(&self) -> Option<(&AuthorFilter, Self)> {
        let author = self.some.as_deref().filter(|author| author.is_one())?;
        let rest = Self {
            some: None,
            ..self.clone()
        };
        Some((author, rest))
    }

    /// The condition on articles.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let article = Expr::col(("a", "id"));
        self.quantified()
            .condition(locales, &article, |condition| articles(locales, condition))
    }

    /// How much it asks for.
    #[must_use]
    pub fn size(&self) -> Size {
        self.quantified().size().about(Kind::Author)
    }

    fn quantified(&self) -> Quantified<'_, AuthorFilter> {
        let Self { some, every, none } = self;
        Quantified {
            some: some.as_deref(),
            every: every.as_deref(),
            none: none.as_deref(),
        }
    }
}

/// The order that `keys` ask for; by name where they ask for none.
///
/// # Errors
/// If there are too many keys.
pub(super) fn order(keys: &[AuthorOrder], locales: &Locales) -> Result<Order, Error> {
    check_keys(keys)?;
    let by_name = [AuthorOrder {
        field: AuthorOrderField::Name,
        direction: Direction::Asc,
    }];
    let keys = if keys.is_empty() { &by_name } else { keys };
    let sort_keys = keys.iter().map(|AuthorOrder { field, direction }| {
        let column = match field {
            AuthorOrderField::Name => ("ut", "sort_name"),
            AuthorOrderField::Slug => ("u", "slug"),
        };
        SortKey::new(column, KeyType::Text, *direction)
    });
    Ok(Order::new(
        &format!("authors {keys:?} {locales:?} {}", collation::VERSION),
        sort_keys.collect(),
        ("ut", "author_id"),
    ))
}
