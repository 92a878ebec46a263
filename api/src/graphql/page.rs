//! Pages of a list: how many, from where, which way.

use crate::error::Error;

/// The most that one page holds.
pub const MAX_PAGE: u32 = 100;

/// What a page holds unless told.
pub const DEFAULT_PAGE: u32 = 20;

/// Which way a page runs from its cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// `first` and `after`: the items that follow, in the list's order.
    Forward,
    /// `last` and `before`: the items that come before, in the list's order.
    Backward,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    pub way: Way,
    /// At most [`MAX_PAGE`]; 0 is an empty page.
    pub size: u32,
    /// Where it begins, exclusive; `None`: at the list's end.
    pub cursor: Option<String>,
}

impl Page {
    /// The page that a field's arguments ask for.
    ///
    /// # Errors
    /// If they are out of bounds or do not go together.
    pub fn try_new(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Self, Error> {
        for (forward, backward) in [
            (first.map(|_| "first"), last.map(|_| "last")),
            (first.map(|_| "first"), before.as_ref().map(|_| "before")),
            (after.as_ref().map(|_| "after"), last.map(|_| "last")),
            (
                after.as_ref().map(|_| "after"),
                before.as_ref().map(|_| "before"),
            ),
        ] {
            if let (Some(forward), Some(backward)) = (forward, backward) {
                return Err(Error::PageBothWays(forward, backward));
            }
        }
        if last.is_some() || before.is_some() {
            Ok(Self {
                way: Way::Backward,
                size: size("last", last)?,
                cursor: before,
            })
        } else {
            Ok(Self {
                way: Way::Forward,
                size: size("first", first)?,
                cursor: after,
            })
        }
    }
}

/// How many items a page may hold, for the complexity of a query. Arguments
/// that are out of bounds are refused later; here they count as a full page.
#[must_use]
pub fn weight(first: Option<i32>, last: Option<i32>) -> usize {
    first
        .or(last)
        .map_or(DEFAULT_PAGE, |asked| {
            u32::try_from(asked).map_or(MAX_PAGE, |asked| asked.min(MAX_PAGE))
        })
        .max(1) as usize
}

/// What a field costs that may hold so many `items`, `each` of them at that
/// cost, for the complexity of a query.
///
/// No more than can be summed up and multiplied again: lists in lists would
/// soon be beyond all numbers.
#[must_use]
pub fn cost(items: usize, each: usize) -> usize {
    const MOST: usize = 1 << 40;
    items.saturating_mul(each).saturating_add(1).min(MOST)
}

/// How many items at most a list that is not paged is asked for; `most` unless
/// told.
///
/// # Errors
/// If that is not from 1 to `most`.
pub fn at_most(most: u32, first: Option<i32>) -> Result<u32, Error> {
    let Some(first) = first else {
        return Ok(most);
    };
    u32::try_from(first)
        .ok()
        .filter(|first| (1..=most).contains(first))
        .ok_or_else(|| Error::InvalidValue {
            argument: "first",
            what: format!("a number from 1 to {most}, not {first}"),
        })
}

/// How many items such a list may hold, for the complexity of a query.
#[must_use]
pub fn weight_at_most(most: u32, first: Option<i32>) -> usize {
    at_most(most, first).unwrap_or(most) as usize
}

fn size(argument: &'static str, asked: Option<i32>) -> Result<u32, Error> {
    let Some(asked) = asked else {
        return Ok(DEFAULT_PAGE);
    };
    let size = u32::try_from(asked).map_err(|_| Error::PageNegative {
        argument,
        asked: i64::from(asked),
    })?;
    if size > MAX_PAGE {
        return Err(Error::PageTooLarge {
            argument,
            asked: i64::from(asked),
        });
    }
    Ok(size)
}
