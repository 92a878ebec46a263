//! What the filters of all features share: `and`, `or`, `not`, and what must
//! hold for things that hang on others.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, SqliteQueryBuilder};

use crate::cache::tag::{Kind, Kinds};
use crate::content::language::{Locales, Sight, Translated};
use crate::error::Error;
use crate::graphql::filter::{
    MAX_BOUND, MAX_CONDITIONS, MAX_DEPTH, MAX_RELATIONS, always, any_of, negated, within,
};
use crate::graphql::scalar::Locale;

/// Says which things of a kind to keep.
pub trait Filter: Sized {
    /// The condition on things that a reader of `locales` is served.
    ///
    /// # Errors
    /// If a value is out of bounds.
    fn condition(&self, locales: &Locales) -> Result<Condition, Error>;

    /// How much it asks for.
    fn size(&self) -> Size;
}

/// How much a filter asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// How many conditions it holds, nested ones included.
    pub conditions: usize,
    /// How deep they are nested.
    pub depth: usize,
    /// How often it asks for things other than those that it keeps.
    pub relations: usize,
    /// The kinds of these.
    pub kinds: Kinds,
}

impl Size {
    /// All of `parts`, side by side.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts = parts.into_iter();
        parts.fold(Self::default(), |whole, part| Self {
            conditions: whole.conditions + part.conditions,
            depth: whole.depth.max(part.depth),
            relations: whole.relations + part.relations,
            kinds: whole.kinds.and(part.kinds),
        })
    }

    /// One condition, with `parts` nested in it.
    pub fn holding(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts = Self::all(parts);
        Self {
            conditions: parts.conditions + 1,
            depth: parts.depth + 1,
            relations: parts.relations,
            kinds: parts.kinds,
        }
    }

    /// The same, asked of other things, or `times` of them.
    #[must_use]
    pub const fn of_others(mut self, times: usize) -> Self {
        self.relations += times;
        self
    }

    /// The same, asked of things of this kind.
    #[must_use]
    pub const fn about(mut self, kind: Kind) -> Self {
        self.kinds = self.kinds.and(Kinds::one(kind));
        self
    }
}

/// Check how much a filter asks for.
///
/// # Errors
/// If it holds too many conditions, nests them too deep or asks for too many
/// other things.
pub fn check<F: Filter>(filter: &F) -> Result<(), Error> {
    let Size {
        conditions,
        depth,
        relations,
        kinds: _,
    } = filter.size();
    if conditions > MAX_CONDITIONS {
        return Err(Error::FilterTooLarge {
            limit: MAX_CONDITIONS,
            found: conditions,
        });
    }
    if depth > MAX_DEPTH {
        return Err(Error::FilterTooDeep {
            limit: MAX_DEPTH,
            found: depth,
        });
    }
    if relations > MAX_RELATIONS {
        return Err(Error::FilterTooWide {
            limit: MAX_RELATIONS,
            found: relations,
        });
    }
    Ok(())
}

/// What an optional filter of a list asks: everything, where there is none.
///
/// # Errors
/// If it asks for too much ([`check`]), or a value is out of bounds.
pub fn kept<F: Filter>(filter: Option<&F>, locales: &Locales) -> Result<Condition, Error> {
    let Some(filter) = filter else {
        return Ok(always());
    };
    check(filter)?;
    let condition = filter.condition(locales)?;
    let found = if filter.size().conditions > FEW {
        values(&condition)
    } else {
        0
    };
    if found > MAX_BOUND {
        return Err(Error::FilterTooLong {
            limit: MAX_BOUND,
            found,
        });
    }
    Ok(condition)
}

/// The kinds of other things that an optional filter asks for: what it keeps may
/// change with these.
pub fn kinds<F: Filter>(filter: Option<&F>) -> Kinds {
    filter.map(|filter| filter.size().kinds).unwrap_or_default()
}

/// So few conditions can't hold too many values.
const FEW: usize = 3;

/// How many values a statement is given for `condition`.
fn values(condition: &Condition) -> usize {
    let mut select = Query::select();
    select.cond_where(condition.clone());
    let (_, values) = select.build(SqliteQueryBuilder);
    values.0.len()
}

/// All of `and`, at least one of `or`, and not `not`, as far as they are
/// given.
///
/// # Errors
/// If a list is too long, or a value is out of bounds.
pub fn combined<F: Filter>(
    and: Option<&[F]>,
    or: Option<&[F]>,
    not: Option<&F>,
    locales: &Locales,
) -> Result<Condition, Error> {
    let each = |argument, filters: &[F]| -> Result<Vec<Condition>, Error> {
        let filters = within(argument, filters)?.iter();
        filters.map(|filter| filter.condition(locales)).collect()
    };
    let mut all = always();
    if let Some(filters) = and {
        all = each("and", filters)?.into_iter().fold(all, Condition::add);
    }
    if let Some(filters) = or {
        all = all.add(any_of(each("or", filters)?));
    }
    if let Some(filter) = not {
        all = all.add(negated(filter.condition(locales)?));
    }
    Ok(all)
}

/// How much `and`, `or` and `not` ask for.
pub fn combined_size<F: Filter>(and: Option<&[F]>, or: Option<&[F]>, not: Option<&F>) -> Size {
    let filters = [and, or].into_iter().flatten().flatten().chain(not);
    Size::all(filters.map(Filter::size))
}

/// What must hold for the things that hang on another.
#[derive(Clone, Copy, Debug)]
pub struct Quantified<'a, F> {
    /// At least one is like this.
    pub some: Option<&'a F>,
    /// None is unlike this.
    pub every: Option<&'a F>,
    /// None is like this.
    pub none: Option<&'a F>,
}

impl<F: Filter> Quantified<'_, F> {
    /// The condition on `column`, where `keys` selects that column of the
    /// hanging things for which a condition holds.
    ///
    /// # Errors
    /// If a value is out of bounds.
    pub fn condition(
        &self,
        locales: &Locales,
        column: &Expr,
        keys: impl Fn(Condition) -> SelectStatement,
    ) -> Result<Condition, Error> {
        let mut all = always();
        if let Some(filter) = self.some {
            let like = filter.condition(locales)?;
            all = all.add(column.clone().in_subquery(keys(like)));
        }
        if let Some(filter) = self.every {
            let unlike = negated(filter.condition(locales)?);
            all = all.add(column.clone().not_in_subquery(keys(unlike)));
        }
        if let Some(filter) = self.none {
            let like = filter.condition(locales)?;
            all = all.add(column.clone().not_in_subquery(keys(like)));
        }
        Ok(all)
    }

    /// How much they ask for.
    #[must_use]
    pub fn size(&self) -> Size {
        let filters = [self.some, self.every, self.none].into_iter().flatten();
        Size::all(filters.map(|filter| filter.size().of_others(1)))
    }
}

/// With words in each of `locales` that are seen by `sight`, whatever the
/// reader's own locales.
///
/// # Errors
/// If the list is too long.
pub fn available_in(
    what: Translated,
    locales: &[Locale],
    sight: Sight,
) -> Result<Condition, Error> {
    let mut tags: Vec<&str> = within("availableIn", locales)?
        .iter()
        .map(|Locale(tag)| tag.as_str())
        .collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() {
        return Ok(always());
    }
    let (_, thing) = what.things();
    let (table, words) = sight.words(what);
    let all = i32::try_from(tags.len()).unwrap_or(i32::MAX);
    let available = Query::select()
        .column((words, what.key()))
        .from_as(table, words)
        .and_where(Expr::col((words, "locale")).is_in(tags))
        .cond_where(sight.sees(what, words))
        .group_by_col((words, what.key()))
        // A thing has words in a locale once.
        .and_having(Expr::cust("COUNT(*)").eq(all))
        .to_owned();
    Ok(always().add(Expr::col((thing, "id")).in_subquery(available)))
}
