//! Which topics to keep, and how to sort them.

use async_graphql::{Enum, InputObject};
use sea_orm::sea_query::{Condition, Expr, SelectStatement};

use crate::content::article::{ArticleListFilter, Parent};
use crate::content::collation;
use crate::content::filter::{Filter, Size, available_in, combined, combined_size};
use crate::content::folding::fold;
use crate::content::language::{Locales, Translated};
use crate::content::store::served;
use crate::error::Error;
use crate::graphql::filter::{IdFilter, IntFilter, SlugFilter, TextFilter};
use crate::graphql::keyset::{Direction, KeyType, Order, SortKey, check_keys};
use crate::graphql::scalar::Locale;

/// Which topics to keep, of those that exist for the reader. Fields combine
/// with AND; an absent one keeps all. Words are those that the reader is
/// served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TopicFilter {
    /// All of these; of none, everything matches.
    and: Option<Vec<TopicFilter>>,
    /// At least one of these; of none, nothing matches.
    or: Option<Vec<TopicFilter>>,
    /// Not this.
    not: Option<Box<TopicFilter>>,
    /// Its id.
    id: Option<IdFilter>,
    /// Its slug.
    slug: Option<SlugFilter>,
    /// Its name, as served.
    name: Option<TextFilter>,
    /// Its place among the topics.
    position: Option<IntFilter>,
    /// With words in each of these locales, whatever the reader's.
    available_in: Option<Vec<Locale>>,
    /// The articles on it, as far as they exist for the reader.
    articles: Option<ArticleListFilter>,
}

/// What topics can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum TopicOrderField {
    /// The place that the publication gives it.
    Position,
    /// The name that is served, by the alphabet of its language.
    Name,
    /// The slug.
    Slug,
}

/// One key to sort topics by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct TopicOrder {
    /// What to sort by.
    field: TopicOrderField,
    /// Which way.
    #[graphql(default_with = "Direction::Asc")]
    direction: Direction,
}

impl Filter for TopicFilter {
    fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let Self {
            and,
            or,
            not,
            id,
            slug,
            name,
            position,
            available_in: available,
            articles,
        } = self;
        let mut all = combined(and.as_deref(), or.as_deref(), not.as_deref(), locales)?;
        if let Some(filter) = id {
            all = all.add(filter.condition(&Expr::col(("t", "id")), "Topic")?);
        }
        if let Some(filter) = slug {
            all = all.add(filter.condition(&Expr::col(("t", "slug")))?);
        }
        if let Some(filter) = name {
            all = all.add(filter.condition(&Expr::col(("tt", "folded_name")), fold)?);
        }
        if let Some(filter) = position {
            all = all.add(filter.condition(&Expr::col(("t", "position")))?);
        }
        if let Some(tags) = available {
            all = all.add(available_in(Translated::Topic, tags, locales.sight())?);
        }
        if let Some(filter) = articles {
            all = all.add(filter.condition(Parent::Topic, locales)?);
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

impl TopicFilter {
    /// The keys of the topics that it keeps, of those that exist for a reader
    /// of `locales`.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn keys(&self, locales: &Locales) -> Result<SelectStatement, Error> {
        Ok(served(Translated::Topic, locales)
            .expr(Expr::col(("t", "id")))
            .cond_where(self.condition(locales)?)
            .to_owned())
    }
}

/// The order that `keys` ask for; by position where they ask for none.
///
/// # Errors
/// If there are too many keys.
pub(super) fn order(keys: &[TopicOrder], locales: &Locales) -> Result<Order, Error> {
    check_keys(keys)?;
    let by_position = [TopicOrder {
        field: TopicOrderField::Position,
        direction: Direction::Asc,
    }];
    let keys = if keys.is_empty() { &by_position } else { keys };
    let sort_keys = keys.iter().map(|TopicOrder { field, direction }| {
        let (table, column, key_type) = match field {
            TopicOrderField::Position => ("t", "position", KeyType::Integer),
            TopicOrderField::Name => ("tt", "sort_name", KeyType::Text),
            TopicOrderField::Slug => ("t", "slug", KeyType::Text),
        };
        SortKey::new((table, column), key_type, *direction)
    });
    Ok(Order::new(
        &format!("topics {keys:?} {locales:?} {}", collation::VERSION),
        sort_keys.collect(),
        ("tt", "topic_id"),
    ))
}
