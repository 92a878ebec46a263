//! Filters of values: what a column must be. The fields of one filter combine
//! with AND; an absent one keeps all.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::Value;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};

use crate::error::Error;
use crate::graphql::id::decode_as;
use crate::graphql::scalar::{Date, Locale, Moment, Slug};

/// The longest list that a filter takes.
pub const MAX_VALUES: usize = 100;

/// The most conditions that one filter holds, nested ones included.
pub const MAX_CONDITIONS: usize = 100;

/// How deep one filter nests its conditions. SQLite can't read statements
/// nested twice as deep.
pub const MAX_DEPTH: usize = 10;

/// How often one filter asks for things other than those that it keeps:
/// PostgreSQL plans all of them at once, which takes long where they are many.
pub const MAX_RELATIONS: usize = 10;

/// The longest text that a filter looks for, in characters.
pub const MAX_TEXT: usize = 200;

/// What a number must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct IntFilter {
    /// Exactly this.
    eq: Option<i32>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<i32>>,
    /// Greater than this.
    gt: Option<i32>,
    /// Greater than this, or exactly this.
    gte: Option<i32>,
    /// Less than this.
    lt: Option<i32>,
    /// Less than this, or exactly this.
    lte: Option<i32>,
}

/// What a day must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct DateFilter {
    /// On this day.
    eq: Option<Date>,
    /// On one of these days, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Date>>,
    /// After this day.
    gt: Option<Date>,
    /// On this day or later.
    gte: Option<Date>,
    /// Before this day.
    lt: Option<Date>,
    /// On this day or earlier.
    lte: Option<Date>,
}

/// What a moment must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "DateTimeFilter")]
pub struct MomentFilter {
    /// Exactly then.
    eq: Option<Moment>,
    /// At one of these moments, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Moment>>,
    /// After then.
    gt: Option<Moment>,
    /// Then or later.
    gte: Option<Moment>,
    /// Before then.
    lt: Option<Moment>,
    /// Then or earlier.
    lte: Option<Moment>,
}

/// What a text must be, whatever its case. Fields combine with AND. A text to
/// look for has at most 200 characters; `%` and `_` mean themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TextFilter {
    /// The same text.
    eq: Option<String>,
    /// One of these texts, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Begins with this.
    starts_with: Option<String>,
    /// Holds this somewhere.
    contains: Option<String>,
}

/// What a slug must be. Fields combine with AND. Case matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct SlugFilter {
    /// Exactly this.
    eq: Option<Slug>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Slug>>,
}

/// What a locale must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct LocaleFilter {
    /// Exactly this.
    eq: Option<Locale>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Locale>>,
}

/// What an id must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct IdFilter {
    /// Exactly this.
    eq: Option<ID>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<ID>>,
}

impl IntFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            gt,
            gte,
            lt,
            lte,
        } = self;
        Range {
            eq: *eq,
            one_of: one_of.clone(),
            bounds: [*gt, *gte, *lt, *lte],
        }
        .condition(column)
    }
}

impl DateFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            gt,
            gte,
            lt,
            lte,
        } = self;
        let day = |date: &Option<Date>| date.map(|date| date.0);
        Range::<NaiveDate> {
            eq: day(eq),
            one_of: one_of
                .as_ref()
                .map(|days| days.iter().map(|date| date.0).collect()),
            bounds: [day(gt), day(gte), day(lt), day(lte)],
        }
        .condition(column)
    }
}

impl MomentFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            gt,
            gte,
            lt,
            lte,
        } = self;
        let time = |moment: &Option<Moment>| moment.map(|moment| moment.0);
        Range::<DateTime<Utc>> {
            eq: time(eq),
            one_of: one_of
                .as_ref()
                .map(|moments| moments.iter().map(|moment| moment.0).collect()),
            bounds: [time(gt), time(gte), time(lt), time(lte)],
        }
        .condition(column)
    }
}

impl TextFilter {
    /// Hold `column` to this; it holds text folded by `fold`.
    ///
    /// # Errors
    /// If a text or a list is too long, or a text holds a null character.
    pub fn condition(&self, column: &Expr, fold: fn(&str) -> String) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            starts_with,
            contains,
        } = self;
        let mut all = always();
        if let Some(text) = eq {
            all = all.add(column.clone().eq(checked("eq", text, fold)?));
        }
        if let Some(texts) = one_of {
            let texts = within("in", texts)?
                .iter()
                .map(|text| checked("in", text, fold))
                .collect::<Result<Vec<_>, _>>()?;
            all = all.add(column.clone().is_in(texts));
        }
        if let Some(text) = starts_with {
            let pattern = escaped(&checked("startsWith", text, fold)?);
            all = all.add(
                column
                    .clone()
                    .like(LikeExpr::new(format!("{pattern}%")).escape('\\')),
            );
        }
        if let Some(text) = contains {
            let pattern = escaped(&checked("contains", text, fold)?);
            all = all.add(
                column
                    .clone()
                    .like(LikeExpr::new(format!("%{pattern}%")).escape('\\')),
            );
        }
        Ok(all)
    }
}

impl SlugFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        exactly(
            column,
            eq.as_ref().map(|slug| slug.0.clone()),
            one_of
                .as_ref()
                .map(|slugs| slugs.iter().map(|slug| slug.0.clone()).collect()),
        )
    }
}

impl LocaleFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        exactly(
            column,
            eq.as_ref().map(|locale| locale.0.clone()),
            one_of
                .as_ref()
                .map(|locales| locales.iter().map(|locale| locale.0.clone()).collect()),
        )
    }
}

impl IdFilter {
    /// Hold `column`, the key of `type_name`, to this.
    ///
    /// # Errors
    /// If a list is too long, or an id is not of this type.
    pub fn condition(&self, column: &Expr, type_name: &'static str) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        let one_of = match one_of {
            Some(ids) => Some(
                within("in", ids)?
                    .iter()
                    .map(|id| decode_as(id, type_name))
                    .collect::<Result<Vec<_>, _>>()?,
            ),
            None => None,
        };
        let eq = match eq {
            Some(id) => Some(decode_as(id, type_name)?),
            None => None,
        };
        exactly(column, eq, one_of)
    }
}

/// What is always true. Filters begin with it, so that one with nothing in it
/// is a condition as well, and can be negated.
#[must_use]
pub fn always() -> Condition {
    Condition::all().add(Expr::cust("1 = 1"))
}

/// What is never true.
#[must_use]
pub fn never() -> Condition {
    Condition::all().add(Expr::cust("1 = 0"))
}

/// The contrary of `condition`, which is never null.
#[must_use]
pub fn negated(condition: Condition) -> Condition {
    always().add(condition).not()
}

/// At least one of `conditions`; of none, nothing.
#[must_use]
pub fn any_of(conditions: Vec<Condition>) -> Condition {
    conditions
        .into_iter()
        .fold(Condition::any().add(never()), Condition::add)
}

/// The `items` of an argument, unless they are more than a list may have.
///
/// # Errors
/// If they are.
pub fn within<'a, T>(argument: &'static str, items: &'a [T]) -> Result<&'a [T], Error> {
    if items.len() > MAX_VALUES {
        return Err(Error::InvalidValue {
            argument,
            what: format!("a list of at most {MAX_VALUES}, not {}", items.len()),
        });
    }
    Ok(items)
}

struct Range<T> {
    eq: Option<T>,
    one_of: Option<Vec<T>>,
    /// Greater, greater or equal, less, less or equal.
    bounds: [Option<T>; 4],
}

impl<T: Into<Value> + Clone> Range<T> {
    fn condition(self, column: &Expr) -> Result<Condition, Error> {
        let [gt, gte, lt, lte] = self.bounds;
        Ok(exactly(column, self.eq, self.one_of)?
            .add_option(gt.map(|value| column.clone().gt(value)))
            .add_option(gte.map(|value| column.clone().gte(value)))
            .add_option(lt.map(|value| column.clone().lt(value)))
            .add_option(lte.map(|value| column.clone().lte(value))))
    }
}

fn exactly<T: Into<Value>>(
    column: &Expr,
    eq: Option<T>,
    one_of: Option<Vec<T>>,
) -> Result<Condition, Error> {
    if let Some(values) = &one_of {
        within("in", values)?;
    }
    Ok(always()
        .add_option(eq.map(|value| column.clone().eq(value.into())))
        .add_option(one_of.map(|values| {
            column
                .clone()
                .is_in(values.into_iter().map(Into::<Value>::into))
        })))
}

fn checked(field: &'static str, text: &str, fold: fn(&str) -> String) -> Result<String, Error> {
    let length = text.chars().count();
    if length > MAX_TEXT {
        return Err(Error::InvalidValue {
            argument: field,
            what: format!("at most {MAX_TEXT} characters long, not {length}"),
        });
    }
    if text.contains('\0') {
        return Err(Error::InvalidValue {
            argument: field,
            what: "a text without null characters".to_owned(),
        });
    }
    Ok(fold(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
