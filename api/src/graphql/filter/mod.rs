//! Filters of values: what a column must be. The fields of one filter combine
//! with AND; an absent one keeps all.

mod exact;
mod range;
mod text;

use sea_orm::Value;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::error::Error;

pub use exact::{IdFilter, LocaleFilter, SlugFilter};
pub use range::{DateFilter, IntFilter, MomentFilter};
pub use text::{MAX_TEXT, TextFilter};

/// The longest list that a filter takes.
pub const MAX_VALUES: usize = 100;

/// The most conditions that one filter holds, nested ones included.
pub const MAX_CONDITIONS: usize = 100;

/// The most values that one filter holds. Facets ask it up to five times in one
/// statement, and SQLite takes 32,766 values.
pub const MAX_BOUND: usize = 4_000;

/// How deep one filter nests its conditions. SQLite can't read statements
/// nested twice as deep.
pub const MAX_DEPTH: usize = 10;

/// How often one filter asks for things other than those that it keeps:
/// PostgreSQL plans all of them at once, which takes long where they are many.
pub const MAX_RELATIONS: usize = 10;

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
