//! Which articles to keep, and how to sort them.

use async_graphql::{Enum, InputObject};
use masthead_entities::article::Trend as StoredTrend;
use sea_orm::ActiveEnum as _;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::cache::tag::{Kind, Kinds};
use crate::content::article::store::{
    BYLINES, Facet, Joins, Parent, Signed, are_bylines_ordered, parents,
};
use crate::content::author::AuthorListFilter;
use crate::content::collation;
use crate::content::filter::{
    Filter, Quantified, Size, available_in, check, combined, combined_size, kept,
};
use crate::content::folding::fold;
use crate::content::issue::{IssueFilter, begun_in};
use crate::content::language::{Locales, Translated};
use crate::content::topic::TopicFilter;
use crate::error::Error;
use crate::graphql::filter::{
    IdFilter, IntFilter, LocaleFilter, MomentFilter, SlugFilter, TextFilter, always, within,
};
use crate::graphql::keyset::{Direction, KeyType, Order, SortKey, check_keys};
use crate::graphql::scalar::Locale;

/// What happened to the topic that week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "masthead_entities::article::Trend")]
pub enum Trend {
    /// The situation improved.
    Improved,
    /// The situation has not changed.
    Unchanged,
    /// The situation got worse.
    Deteriorated,
}

/// What a trend must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TrendFilter {
    /// Exactly this.
    eq: Option<Trend>,
    /// One of these; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Trend>>,
    /// Whether the article makes no assessment.
    is_null: Option<bool>,
}

/// Which articles to keep, of those that exist for the reader. Fields combine
/// with AND; an absent one keeps all. Words are those that the reader is
/// served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct ArticleFilter {
    /// All of these; of none, everything matches.
    and: Option<Vec<ArticleFilter>>,
    /// At least one of these; of none, nothing matches.
    or: Option<Vec<ArticleFilter>>,
    /// Not this.
    not: Option<Box<ArticleFilter>>,
    /// Its id.
    id: Option<IdFilter>,
    /// Its slug, as served.
    slug: Option<SlugFilter>,
    /// Its title, as served.
    title: Option<TextFilter>,
    /// The locale that it is served in.
    locale: Option<LocaleFilter>,
    /// The locale that it was written in.
    original_locale: Option<LocaleFilter>,
    /// Published in each of these locales, whatever the reader's.
    available_in: Option<Vec<Locale>>,
    /// What happened to its topic.
    trend: Option<TrendFilter>,
    /// Its place in its issue, from 1.
    position: Option<IntFilter>,
    /// When the text that is served was published.
    published_at: Option<MomentFilter>,
    /// When the text that is served was last changed.
    updated_at: Option<MomentFilter>,
    /// Its issue, if that exists for the reader.
    issue: Option<Box<IssueFilter>>,
    /// Its topic, if that exists for the reader.
    topic: Option<Box<TopicFilter>>,
    /// Its authors, as far as they exist for the reader.
    authors: Option<AuthorListFilter>,
    /// The year that its issue begins in.
    year: Option<IntFilter>,
}

/// Which things to keep by their articles, as far as these exist for the
/// reader. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct ArticleListFilter {
    /// At least one article is like this.
    some: Option<Box<ArticleFilter>>,
    /// No article is unlike this; there may be none at all.
    every: Option<Box<ArticleFilter>>,
    /// No article is like this.
    none: Option<Box<ArticleFilter>>,
}

/// What articles can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ArticleOrderField {
    /// When the text that is served was published.
    PublishedAt,
    /// When the text that is served was last changed.
    UpdatedAt,
    /// The title that is served, by the alphabet of its language.
    Title,
    /// The place in the issue.
    Position,
    /// The number of the issue.
    IssueNumber,
    /// The first day of the issue.
    IssueStartsOn,
    /// The place of the topic among the topics.
    TopicPosition,
}

/// One key to sort articles by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, InputObject)]
pub struct ArticleOrder {
    /// What to sort by.
    pub(super) field: ArticleOrderField,
    /// Which way.
    #[graphql(default_with = "Direction::Asc")]
    pub(super) direction: Direction,
}

impl TrendFilter {
    fn condition(&self) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            is_null,
        } = self;
        // Never null, so that its negation holds as well.
        let column = Expr::cust("COALESCE(a.trend, '')");
        let word = |trend: &Trend| StoredTrend::from(*trend).to_value();
        let mut all = always().add_option(eq.as_ref().map(|trend| column.clone().eq(word(trend))));
        if let Some(trends) = one_of {
            let trends: Vec<String> = within("in", trends)?.iter().map(word).collect();
            all = all.add(column.clone().is_in(trends));
        }
        Ok(all.add_option(is_null.map(|is_null| {
            if is_null {
                column.eq("")
            } else {
                column.ne("")
            }
        })))
    }
}

impl Filter for ArticleFilter {
    fn condition(&self, locales: &Locales) -> Result<Condition, Error> {
        let Self {
            and,
            or,
            not,
            id,
            slug,
            title,
            locale,
            original_locale,
            available_in: available,
            trend,
            position,
            published_at,
            updated_at,
            issue,
            topic,
            authors,
            year,
        } = self;
        let words = |name: &'static str| Expr::col(("at", name));
        let facts = |name: &'static str| Expr::col(("a", name));
        let mut all = combined(and.as_deref(), or.as_deref(), not.as_deref(), locales)?;
        if let Some(filter) = id {
            all = all.add(filter.condition(&facts("id"), "Article")?);
        }
        if let Some(filter) = slug {
            all = all.add(filter.condition(&words("slug"))?);
        }
        if let Some(filter) = title {
            all = all.add(filter.condition(&words("folded_title"), fold)?);
        }
        if let Some(filter) = locale {
            all = all.add(filter.condition(&words("locale"))?);
        }
        if let Some(filter) = original_locale {
            all = all.add(filter.condition(&facts("original_locale"))?);
        }
        if let Some(tags) = available {
            all = all.add(available_in(Translated::Article, tags, locales.sight())?);
        }
        if let Some(filter) = trend {
            all = all.add(filter.condition()?);
        }
        if let Some(filter) = position {
            all = all.add(filter.condition(&facts("position"))?);
        }
        if let Some(filter) = published_at {
            all = all.add(filter.condition(&words("public_at"))?);
        }
        if let Some(filter) = updated_at {
            all = all.add(filter.condition(&words("updated_at"))?);
        }
        if let Some(filter) = issue {
            all = all.add(facts("issue_id").in_subquery(filter.keys(locales)?));
        }
        if let Some(filter) = topic {
            all = all.add(words("topic_id").in_subquery(filter.keys(locales)?));
        }
        if let Some(filter) = authors {
            all = all.add(filter.condition(locales)?);
        }
        if let Some(years) = year {
            all = all.add(facts("issue_id").in_subquery(begun_in(years)?));
        }
        Ok(all)
    }

    fn size(&self) -> Size {
        let combined = combined_size(self.and.as_deref(), self.or.as_deref(), self.not.as_deref());
        let related = [
            self.issue
                .as_ref()
                .map(|issue| issue.size().of_others(1).about(Kind::Issue)),
            self.topic
                .as_ref()
                .map(|topic| topic.size().of_others(1).about(Kind::Topic)),
            self.authors.as_ref().map(AuthorListFilter::size),
            self.year
                .as_ref()
                .map(|_| Size::default().of_others(1).about(Kind::Issue)),
        ];
        Size::holding([combined].into_iter().chain(related.into_iter().flatten()))
            .of_others(usize::from(self.available_in.is_some()))
    }
}

impl ArticleFilter {
    /// What it asks of the time of publication, as the bylines have it.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn signed(&self) -> Result<Signed, Error> {
        let times = self.published_at.as_ref();
        let times = times.map(|times| times.condition(&Expr::col((BYLINES, "public_at"))));
        let mut signed = Signed::default();
        if let Some(times) = times.transpose()? {
            signed.times = times;
        }
        Ok(signed)
    }

    /// If it keeps to the articles of one author: who that is, and the condition
    /// of all else that it asks for.
    ///
    /// # Errors
    /// If the filter is too large, or a value of it is out of bounds.
    pub fn of_one_author(&self, locales: &Locales) -> Result<Option<(Signed, Condition)>, Error> {
        let authors = self.authors.as_ref();
        let Some((author, rest)) = authors.and_then(AuthorListFilter::of_one) else {
            return Ok(None);
        };
        if !are_bylines_ordered(locales.sight()) {
            return Ok(None);
        }
        check(self)?;
        let signed = Signed {
            author: Some(author.keys(locales)?),
            ..self.signed()?
        };
        let rest = Self {
            authors: Some(rest),
            ..self.clone()
        };
        Ok(Some((signed, kept(Some(&rest), locales)?)))
    }

    /// Whether it asks for more than the words that are served.
    #[must_use]
    pub fn asks_facts(&self) -> bool {
        let Self {
            and,
            or,
            not,
            id,
            slug: _,
            title: _,
            locale: _,
            original_locale,
            available_in,
            trend,
            position,
            published_at: _,
            updated_at: _,
            issue,
            topic: _,
            authors,
            year,
        } = self;
        let mut parts = [and, or].into_iter().flatten().flatten();
        parts.any(Self::asks_facts)
            || not.as_deref().is_some_and(Self::asks_facts)
            || id.is_some()
            || original_locale.is_some()
            || available_in.is_some()
            || trend.is_some()
            || position.is_some()
            || issue.is_some()
            || authors.is_some()
            || year.is_some()
    }

    /// The same without what it asks of a facet, here and in `and`. What `or`
    /// and `not` ask of it stays: without it, they would ask something else.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        let mut filter = self.clone();
        match facet {
            Facet::Topic => filter.topic = None,
            Facet::Author => filter.authors = None,
            Facet::Trend => filter.trend = None,
            Facet::Year => filter.year = None,
            Facet::Locale => filter.locale = None,
        }
        for part in filter.and.iter_mut().flatten() {
            *part = part.without(facet);
        }
        filter
    }
}

impl ArticleListFilter {
    /// The condition on things of the kind `parent`.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn condition(&self, parent: Parent, locales: &Locales) -> Result<Condition, Error> {
        let things = match parent {
            Parent::Issue => Translated::Issue,
            Parent::Topic => Translated::Topic,
            Parent::Author => Translated::Author,
        };
        let id = Expr::col((things.things().1, "id"));
        self.quantified().condition(locales, &id, |condition| {
            parents(parent, locales, condition)
        })
    }

    /// How much it asks for.
    #[must_use]
    pub fn size(&self) -> Size {
        self.quantified().size().about(Kind::Article)
    }

    fn quantified(&self) -> Quantified<'_, ArticleFilter> {
        let Self { some, every, none } = self;
        Quantified {
            some: some.as_deref(),
            every: every.as_deref(),
            none: none.as_deref(),
        }
    }
}

impl ArticleOrder {
    /// The kinds of other things that it goes by.
    pub(super) const fn kinds(&self) -> Kinds {
        match self.field {
            ArticleOrderField::PublishedAt
            | ArticleOrderField::UpdatedAt
            | ArticleOrderField::Title
            | ArticleOrderField::Position => Kinds::NONE,
            ArticleOrderField::IssueNumber | ArticleOrderField::IssueStartsOn => {
                Kinds::one(Kind::Issue)
            }
            ArticleOrderField::TopicPosition => Kinds::one(Kind::Topic),
        }
    }
}

/// The order that `keys` ask for, and the tables it needs.
///
/// # Errors
/// If there are too many keys.
pub(super) fn order(keys: &[ArticleOrder], locales: &Locales) -> Result<(Order, Joins), Error> {
    check_keys(keys)?;
    let mut joins = Joins::default();
    let mut sort_keys = Vec::with_capacity(keys.len() + 1);
    for ArticleOrder { field, direction } in keys {
        let (table, column, key_type) = match field {
            ArticleOrderField::PublishedAt => ("at", "public_at", KeyType::Time),
            ArticleOrderField::UpdatedAt => ("at", "updated_at", KeyType::Time),
            ArticleOrderField::Title => ("at", "sort_title", KeyType::Text),
            ArticleOrderField::Position => ("a", "position", KeyType::Integer),
            ArticleOrderField::IssueNumber => ("i", "number", KeyType::Integer),
            ArticleOrderField::IssueStartsOn => ("i", "starts_on", KeyType::Date),
            ArticleOrderField::TopicPosition => ("t", "position", KeyType::Integer),
        };
        joins.facts |= table != "at";
        joins.issues |= table == "i";
        joins.topics |= table == "t";
        sort_keys.push(SortKey::new((table, column), key_type, *direction));
    }
    let order = Order::new(
        &format!("articles {keys:?} {locales:?} {}", collation::VERSION),
        sort_keys,
        ("at", "article_id"),
    );
    Ok((order, joins))
}

/// The order of what a search finds, by the `score` that it is joined with: the
/// best first, then the newest. `search` tells it apart from others.
pub(super) fn best_first(search: &str, locales: &Locales) -> Order {
    let keys = vec![
        SortKey::new(("s", "score"), KeyType::Integer, Direction::Desc),
        SortKey::new(("at", "public_at"), KeyType::Time, Direction::Desc),
    ];
    let name = format!("search {search} {locales:?}");
    Order::new(&name, keys, ("at", "article_id"))
}
