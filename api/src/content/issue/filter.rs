//! Which issues to keep, and how to sort them.

use async_graphql::{Enum, InputObject};
use sea_orm::sea_query::{Condition, Expr, Query, SelectStatement};

use crate::content::article::{ArticleListFilter, Parent};
use crate::content::collation;
use crate::content::filter::{Filter, Size, available_in, combined, combined_size};
use crate::content::folding::fold;
use crate::content::language::{Locales, Translated};
use crate::content::store::served;
use crate::error::Error;
use crate::graphql::filter::{
    DateFilter, IdFilter, IntFilter, MomentFilter, SlugFilter, TextFilter,
};
use crate::graphql::keyset::{Direction, KeyType, Order, SortKey, check_keys};
use crate::graphql::scalar::Locale;

/// Which issues to keep, of those that exist for the reader. Fields combine
/// with AND; an absent one keeps all. Words are those that the reader is
/// served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct IssueFilter {
    /// All of these; of none, everything matches.
    and: Option<Vec<IssueFilter>>,
    /// At least one of these; of none, nothing matches.
    or: Option<Vec<IssueFilter>>,
    /// Not this.
    not: Option<Box<IssueFilter>>,
    /// Its id.
    id: Option<IdFilter>,
    /// Its number.
    number: Option<IntFilter>,
    /// Its slug.
    slug: Option<SlugFilter>,
    /// Its title, as served; an issue without one has the empty text.
    title: Option<TextFilter>,
    /// Its first day.
    starts_on: Option<DateFilter>,
    /// Its last day.
    ends_on: Option<DateFilter>,
    /// When it was published.
    published_at: Option<MomentFilter>,
    /// With words in each of these locales, whatever the reader's.
    available_in: Option<Vec<Locale>>,
    /// Its articles, as far as they exist for the reader.
    articles: Option<ArticleListFilter>,
}

/// What issues can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum IssueOrderField {
    /// The first day.
    StartsOn,
    /// The last day.
    EndsOn,
    /// The number.
    Number,
    /// When it was published.
    PublishedAt,
    /// The title that is served, by the alphabet of its language; issues
    /// without one come first.
    Title,
}

/// One key to sort issues by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct IssueOrder {
    /// What to sort by.
    field: IssueOrderField,
    /// Which way.
    #[graphql(default_with = "Direction::Asc")]
    direction: Direction,
}

impl Filter for IssueFilter {
    fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let Self {
            and,
            or,
            not,
            id,
            number,
            slug,
            title,
            starts_on,
            ends_on,
            published_at,
            available_in: available,
            articles,
        } = self;
        let facts = |name: &'static str| Expr::col(("i", name));
        let mut all = combined(and.as_deref(), or.as_deref(), not.as_deref(), locales)?;
        if let Some(filter) = id {
            all = all.add(filter.condition(&facts("id"), "Issue")?);
        }
        if let Some(filter) = number {
            all = all.add(filter.condition(&facts("number"))?);
        }
        if let Some(filter) = slug {
            all = all.add(filter.condition(&facts("slug"))?);
        }
        if let Some(filter) = title {
            all = all.add(filter.condition(&Expr::col(("it", "folded_title")), fold)?);
        }
        if let Some(filter) = starts_on {
            all = all.add(filter.condition(&facts("starts_on"))?);
        }
        if let Some(filter) = ends_on {
            all = all.add(filter.condition(&facts("ends_on"))?);
        }
        if let Some(filter) = published_at {
            all = all.add(filter.condition(&facts("published_at"))?);
        }
        if let Some(tags) = available {
            all = all.add(available_in(Translated::Issue, tags, locales.sight())?);
        }
        if let Some(filter) = articles {
            all = all.add(filter.condition(Parent::Issue, locales)?);
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

impl IssueFilter {
    /// The keys of the issues that it keeps, of those that exist for a reader
    /// of `locales`.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn keys(&self, locales: &Locales) -> Result<SelectStatement, Error> {
        Ok(served(Translated::Issue, locales)
            .expr(Expr::col(("i", "id")))
            .cond_where(self.condition(locales)?)
            .to_owned())
    }
}

/// The keys of the issues that begin in these years, whoever reads.
///
/// # Errors
/// If a list is too long.
pub fn begun_in(years: &IntFilter) -> Result<SelectStatement, Error> {
    Ok(Query::select()
        .expr(Expr::col(("i", "id")))
        .from_as("issues", "i")
        .cond_where(years.condition_on_year(&Expr::col(("i", "starts_on")))?)
        .to_owned())
}

/// The order that `keys` ask for; the last started first where they ask for
/// none.
///
/// # Errors
/// If there are too many keys.
pub(super) fn order(keys: &[IssueOrder], locales: &Locales) -> Result<Order, Error> {
    check_keys(keys)?;
    let newest = [IssueOrder {
        field: IssueOrderField::StartsOn,
        direction: Direction::Desc,
    }];
    let keys = if keys.is_empty() { &newest } else { keys };
    let sort_keys = keys.iter().map(|IssueOrder { field, direction }| {
        let (column, key_type) = match field {
            IssueOrderField::StartsOn => (("i", "starts_on"), KeyType::Date),
            IssueOrderField::EndsOn => (("i", "ends_on"), KeyType::Date),
            IssueOrderField::Number => (("i", "number"), KeyType::Integer),
            IssueOrderField::PublishedAt => (("i", "published_at"), KeyType::Time),
            IssueOrderField::Title => (("it", "sort_title"), KeyType::Text),
        };
        SortKey::new(column, key_type, *direction)
    });
    Ok(Order::new(
        &format!("issues {keys:?} {locales:?} {}", collation::VERSION),
        sort_keys.collect(),
        ("i", "id"),
    ))
}
