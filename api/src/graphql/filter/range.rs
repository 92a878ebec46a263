//! What numbers, days and moments must be.

use async_graphql::InputObject;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::Value;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::{always, any_of, exactly, never, within};
use crate::error::Error;
use crate::graphql::scalar::{Date, Moment};

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

impl IntFilter {
    /// Hold the year of `column`, which holds days, to this: by ranges of
    /// days, which an index can answer.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition_on_year(&self, column: &Expr) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            gt,
            gte,
            lt,
            lte,
        } = self;
        let since = |year: i64| match first_day(year) {
            Year::BeforeAll => always(),
            Year::Kept(day) => always().add(column.clone().gte(day)),
            Year::AfterAll => never(),
        };
        let before = |year: i64| match first_day(year) {
            Year::BeforeAll => never(),
            Year::Kept(day) => always().add(column.clone().lt(day)),
            Year::AfterAll => always(),
        };
        let within_year = |year: i32| {
            let year = i64::from(year);
            since(year).add(before(year + 1))
        };
        let mut all = always().add_option(eq.map(within_year));
        if let Some(years) = one_of {
            let years = within("in", years)?.iter();
            all = all.add(any_of(years.map(|year| within_year(*year)).collect()));
        }
        Ok(all
            .add_option(gt.map(|year| since(i64::from(year) + 1)))
            .add_option(gte.map(|year| since(year.into())))
            .add_option(lt.map(|year| before(year.into())))
            .add_option(lte.map(|year| before(i64::from(year) + 1))))
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

/// Where a year begins, among the days that there are.
enum Year {
    BeforeAll,
    Kept(NaiveDate),
    AfterAll,
}

fn first_day(year: i64) -> Year {
    let kept = i32::try_from(year)
        .ok()
        .filter(|year| (1..=9999).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    match kept {
        Some(day) => Year::Kept(day),
        None if year < 1 => Year::BeforeAll,
        None => Year::AfterAll,
    }
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
