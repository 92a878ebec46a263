//! What the filters of all features share: `and`, `or`, `not`, and what must
//! hold for things that hang on others.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use crate::content::language::{Locales, Translated};
use crate::error::Error;
use crate::graphql::filter::{MAX_CONDITIONS, always, any_of, negated, within};
use crate::graphql::scalar::Locale;

/// Says which things of a kind to keep.
pub trait Filter: Sized {
    /// The condition on things that a reader of `locales` is served.
    ///
    /// # Errors
    /// If a value is out of bounds.
    fn condition(&self, locales: &Locales) -> Result<Condition, Error>;

    /// How many conditions it holds, nested ones included.
    fn size(&self) -> usize;
}

/// What an optional filter of a list asks: everything, where there is none.
///
/// # Errors
/// If it holds too many conditions, or a value is out of bounds.
pub fn kept<F: Filter>(filter: Option<&F>, locales: &Locales) -> Result<Condition, Error> {
    let Some(filter) = filter else {
        return Ok(always());
    };
    let found = filter.size();
    if found > MAX_CONDITIONS {
        return Err(Error::FilterTooLarge {
            limit: MAX_CONDITIONS,
            found,
        });
    }
    filter.condition(locales)
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
    let each = |filters: &[F]| -> Result<Vec<Condition>, Error> {
        let filters = within(filters)?.iter();
        filters.map(|filter| filter.condition(locales)).collect()
    };
    let mut all = always();
    if let Some(filters) = and {
        all = each(filters)?.into_iter().fold(all, Condition::add);
    }
    if let Some(filters) = or {
        all = all.add(any_of(each(filters)?));
    }
    if let Some(filter) = not {
        all = all.add(negated(filter.condition(locales)?));
    }
    Ok(all)
}

/// How many conditions `and`, `or` and `not` hold.
pub fn combined_size<F: Filter>(and: Option<&[F]>, or: Option<&[F]>, not: Option<&F>) -> usize {
    [and, or]
        .into_iter()
        .flatten()
        .flatten()
        .chain(not)
        .map(Filter::size)
        .sum()
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

    /// How many conditions they hold.
    #[must_use]
    pub fn size(&self) -> usize {
        let filters = [self.some, self.every, self.none];
        filters.into_iter().flatten().map(Filter::size).sum()
    }
}

/// Published in each of `locales`, whatever the reader's.
///
/// # Errors
/// If the list is too long.
pub fn available_in(what: Translated, locales: &[Locale]) -> Result<Condition, Error> {
    let (_, thing) = what.things();
    let (table, words) = what.words();
    let available = |Locale(tag): &Locale| {
        Expr::col((thing, "id")).in_subquery(
            Query::select()
                .column((words, what.key()))
                .from_as(table, words)
                .and_where(Expr::col((words, "locale")).eq(tag.as_str()))
                .cond_where(Locales::published(what))
                .to_owned(),
        )
    };
    Ok(within(locales)?
        .iter()
        .map(available)
        .fold(always(), Condition::add))
}
