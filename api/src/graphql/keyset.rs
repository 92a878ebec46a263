//! Keyset pagination: a list's total order, its cursors, and the statement's
//! part that reads one page of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order as Sort, SelectStatement};
use sea_orm::{DbErr, QueryResult, Value};
use serde_json::Value as Json;
use xxhash_rust::xxh3::xxh3_64;

use crate::database::Cells;
use crate::error::Error;
use crate::graphql::page::{Page, Way};

/// Ascending or descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "OrderDirection")]
pub enum Direction {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

/// What a column that a list is sorted by holds. None is ever null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    Integer,
    Text,
    Date,
    Time,
}

/// One column that a list is sorted by.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// Its table, and its name there.
    pub column: (&'static str, &'static str),
    pub key_type: KeyType,
    pub direction: Direction,
}

/// A total order: the keys that were asked for, then one that has no ties.
#[derive(Clone, Debug)]
pub struct Order {
    /// The name that [`Order::new`] got, hashed: what a cursor must match.
    fingerprint: u64,
    keys: Vec<SortKey>,
}

/// Where an item stands in its list. It is written as text only when it is
/// asked for.
#[derive(Clone, Debug)]
pub struct Cursor {
    fingerprint: u64,
    /// The values of the order's keys.
    values: Vec<Json>,
}

/// One page that was read: its items with their cursors, in the list's order.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    pub items: Vec<(Cursor, T)>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl SortKey {
    /// A key that is the `column` of a table.
    #[must_use]
    pub fn new(
        column: (&'static str, &'static str),
        key_type: KeyType,
        direction: Direction,
    ) -> Self {
        Self {
            column,
            key_type,
            direction,
        }
    }

    fn expr(&self) -> Expr {
        Expr::col(self.column)
    }
}

/// Check that `keys` are not more than an order may have.
///
/// # Errors
/// If they are.
pub fn check_keys<T>(keys: &[T]) -> Result<(), Error> {
    if keys.len() <= MAX_KEYS {
        return Ok(());
    }
    Err(Error::InvalidValue {
        argument: "orderBy",
        what: format!("a list of at most {MAX_KEYS}, not {}", keys.len()),
    })
}

impl Cursor {
    /// Of an item whose place nobody asks for.
    #[must_use]
    pub const fn unread() -> Self {
        Self {
            fingerprint: 0,
            values: Vec::new(),
        }
    }

    /// As a client is told it.
    #[must_use]
    pub fn encode(&self) -> String {
        let first = Json::from(self.fingerprint);
        let parts: Vec<&Json> = [&first].into_iter().chain(&self.values).collect();
        // Numbers and texts are always JSON.
        let text = serde_json::to_vec(&parts).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(text)
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            has_next: false,
            has_previous: false,
        }
    }
}

impl<T> Slice<T> {
    /// A page of what is made of these items.
    pub fn map_ref<U>(&self, mut make: impl FnMut(&T) -> U) -> Slice<U> {
        let items = self.items.iter();
        Slice {
            items: items
                .map(|(cursor, item)| (cursor.clone(), make(item)))
                .collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }

    /// The same page of other items.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Slice<U> {
        let items = self.items.into_iter();
        Slice {
            items: items.map(|(cursor, item)| (cursor, make(item))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

impl Order {
    /// An order by `keys`, then by the number in `ties`, which is each item's
    /// own, in the direction of the last key. `name` tells the list, the order
    /// and the reader's locales apart from all others: a title's place in one
    /// language says nothing in another.
    #[must_use]
    pub fn new(name: &str, mut keys: Vec<SortKey>, ties: (&'static str, &'static str)) -> Self {
        let direction = keys.last().map_or(Direction::Asc, |key| key.direction);
        keys.push(SortKey::new(ties, KeyType::Integer, direction));
        Self {
            fingerprint: xxh3_64(name.as_bytes()),
            keys,
        }
    }

    /// The same order, where some columns of the table `from` are the `same` in
    /// the table `to`, whose index has them in order.
    #[must_use]
    pub fn by_equal_columns(
        &self,
        from: &'static str,
        to: &'static str,
        same: &[&'static str],
    ) -> Self {
        let mut order = self.clone();
        for key in &mut order.keys {
            let (table, column) = key.column;
            if table == from && same.contains(&column) {
                key.column = (to, column);
            }
        }
        order
    }

    /// Check that the page's cursor is of this order.
    ///
    /// # Errors
    /// If it is not.
    pub fn check(&self, page: &Page) -> Result<(), Error> {
        match &page.cursor {
            Some(cursor) => self.decode(cursor).map(|_| ()),
            None => Ok(()),
        }
    }

    /// The columns to select so that [`Order::cursor`] can be told, by name.
    pub fn select_keys(&self, select: &mut SelectStatement) {
        for (name, key) in NAMES.into_iter().zip(&self.keys) {
            select.expr_as(key.expr(), name);
        }
    }

    /// Sort `select` the way that `page` runs.
    pub fn sort(&self, select: &mut SelectStatement, page: &Page) {
        for key in &self.keys {
            select.order_by_expr(key.expr(), sort(key.direction, page.way));
        }
    }

    /// Sort `select` the way that `page` runs, by the keys that the subquery
    /// `table` selected.
    pub fn sort_selected(&self, select: &mut SelectStatement, table: &'static str, page: &Page) {
        for (name, key) in NAMES.into_iter().zip(&self.keys) {
            select.order_by((table, name), sort(key.direction, page.way));
        }
    }

    /// Keep what lies beyond the page's cursor, sort, and cut: one item more
    /// than the page holds, which tells whether there are more.
    ///
    /// # Errors
    /// If the cursor is none of this order.
    pub fn cut(&self, select: &mut SelectStatement, page: &Page) -> Result<(), Error> {
        self.keep(select, page)?;
        self.sort(select, page);
        select.limit(u64::from(page.size) + 1);
        Ok(())
    }

    /// Keep what lies beyond the page's cursor.
    ///
    /// # Errors
    /// If the cursor is none of this order.
    pub fn keep(&self, select: &mut SelectStatement, page: &Page) -> Result<(), Error> {
        if let Some(cursor) = &page.cursor {
            select.cond_where(self.beyond(cursor, page.way)?);
        }
        Ok(())
    }

    /// The cursor of a row that [`Order::select_keys`] was selected with.
    ///
    /// # Errors
    /// If the row lacks the keys.
    pub fn cursor(&self, row: &QueryResult) -> Result<Cursor, DbErr> {
        let mut values = Vec::with_capacity(self.keys.len());
        let cells = Cells::of(row)?;
        let first = cells.place(NAMES[0])?;
        for (place, key) in (first..).zip(&self.keys) {
            values.push(key.key_type.read(cells, place)?);
        }
        let fingerprint = self.fingerprint;
        Ok(Cursor {
            fingerprint,
            values,
        })
    }

    /// The page that `rows` make, read with [`Order::cut`].
    #[must_use]
    pub fn slice<T>(page: &Page, mut rows: Vec<(Cursor, T)>) -> Slice<T> {
        let more = rows.len() > page.size as usize;
        rows.truncate(page.size as usize);
        // Beyond the cursor lies at least the item that it is of.
        let behind = page.cursor.is_some();
        match page.way {
            Way::Forward => Slice {
                items: rows,
                has_next: more,
                has_previous: behind,
            },
            Way::Backward => {
                rows.reverse();
                Slice {
                    items: rows,
                    has_next: behind,
                    has_previous: more,
                }
            }
        }
    }

    fn beyond(&self, cursor: &str, way: Way) -> Result<Condition, Error> {
        let values = self.decode(cursor)?;
        let ascending = |key: &SortKey| (key.direction == Direction::Asc) == (way == Way::Forward);
        let first = self.keys.first().map(ascending).unwrap_or_default();
        if self.keys.iter().all(|key| ascending(key) == first) {
            // One comparison of rows, which an index can answer.
            let columns = Expr::tuple(self.keys.iter().map(SortKey::expr));
            let values = Expr::tuple(values.into_iter().map(Expr::val));
            return Ok(Condition::all().add(if first {
                columns.gt(values)
            } else {
                columns.lt(values)
            }));
        }
        // Directions differ: beyond in the first key, or level with it and
        // beyond in the next, and so on.
        let mut any = Condition::any();
        for (place, key) in self.keys.iter().enumerate() {
            let mut level = Condition::all();
            for (key, value) in self.keys.iter().zip(&values).take(place) {
                level = level.add(key.expr().eq(value.clone()));
            }
            let value = values[place].clone();
            any = any.add(level.add(if ascending(key) {
                key.expr().gt(value)
            } else {
                key.expr().lt(value)
            }));
        }
        Ok(any)
    }

    fn decode(&self, cursor: &str) -> Result<Vec<Value>, Error> {
        let invalid = || Error::InvalidCursor(cursor.to_owned());
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
        let parts: Vec<Json> = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        let (fingerprint, values) = parts.split_first().ok_or_else(invalid)?;
        if fingerprint.as_u64() != Some(self.fingerprint) {
            return Err(if fingerprint.is_u64() {
                Error::OtherCursor(cursor.to_owned())
            } else {
                invalid()
            });
        }
        if values.len() != self.keys.len() {
            return Err(invalid());
        }
        self.keys
            .iter()
            .zip(values)
            .map(|(key, value)| key.key_type.parse(value).ok_or_else(invalid))
            .collect()
    }
}

/// How many keys an order may be asked for.
pub const MAX_KEYS: usize = 7;

/// The names that the keys are selected by: those asked for, and at most two
/// that tell ties apart.
const NAMES: [&str; MAX_KEYS + 2] = ["k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"];

impl KeyType {
    fn read(self, cells: Cells<'_>, place: usize) -> Result<Json, DbErr> {
        Ok(match self {
            // Of either width: PostgreSQL keeps small numbers in 32 bits.
            Self::Integer => Json::from(cells.get::<i64>(place)?),
            Self::Text => Json::from(cells.get::<String>(place)?),
            Self::Date => Json::from(cells.get::<NaiveDate>(place)?.to_string()),
            Self::Time => Json::from(cells.get::<DateTime<Utc>>(place)?.timestamp_micros()),
        })
    }

    fn parse(self, value: &Json) -> Option<Value> {
        Some(match self {
            Self::Integer => Value::from(value.as_i64()?),
            Self::Text => Value::from(value.as_str().filter(|text| !text.contains('\0'))?),
            Self::Date => {
                let date = value.as_str()?.parse::<NaiveDate>().ok()?;
                Value::from(Some(date).filter(|date| is_kept(date.year()))?)
            }
            Self::Time => {
                let time = DateTime::from_timestamp_micros(value.as_i64()?)?;
                Value::from(Some(time).filter(|time| is_kept(time.year()))?)
            }
        })
    }
}

/// Whether both engines keep days of this year, as those that came out of one
/// are. Others make PostgreSQL fail.
fn is_kept(year: i32) -> bool {
    (1..=9999).contains(&year)
}

fn sort(direction: Direction, way: Way) -> Sort {
    match (direction, way) {
        (Direction::Asc, Way::Forward) | (Direction::Desc, Way::Backward) => Sort::Asc,
        (Direction::Desc, Way::Forward) | (Direction::Asc, Way::Backward) => Sort::Desc,
    }
}
