//! The archive: all issues, by year and month.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::Datelike as _;

use crate::cache::tag::Tag;
use crate::content::issue::object::Issue;
use crate::content::issue::store::{self, Month, Row};
use crate::content::publication::{Reader, reader};
use crate::graphql::context::ContextExt as _;
use crate::graphql::page::cost;
use crate::graphql::scalar::Locale;

/// All issues that exist for the reader, by the year and the month of their
/// first day.
#[derive(Clone, Debug, SimpleObject)]
pub struct Archive {
    /// The years that have issues, newest first.
    #[graphql(complexity = "cost(YEARS_WEIGHT, child_complexity)")]
    years: Vec<ArchiveYear>,
}

/// The issues of a year.
#[derive(Clone, Debug, SimpleObject)]
pub struct ArchiveYear {
    /// The year.
    year: i32,
    /// How many issues it has, at least 1.
    count: i32,
    /// Its months that have issues, newest first.
    #[graphql(complexity = "cost(12, child_complexity)")]
    months: Vec<ArchiveMonth>,
}

/// The issues of a month.
#[derive(Clone, Debug, SimpleObject)]
pub struct ArchiveMonth {
    /// The month, from 1 to 12.
    month: i32,
    /// How many issues it has, at least 1.
    count: i32,
    /// Its issues, the one that started last first.
    #[graphql(complexity = "cost(ISSUES_WEIGHT, child_complexity)")]
    issues: Vec<Issue>,
}

#[derive(Debug, Default)]
pub struct ArchiveQuery;

#[Object]
impl ArchiveQuery {
    /// All issues, by the year and the month of their first day: the way into a
    /// publication's past. Only what readers see, also for those who may see
    /// more; `issues` takes `states`.
    async fn archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
    ) -> Result<Archive> {
        let reader = reader(ctx, locales).await?;
        reader.notes.tag(Tag::Issues);
        let months = ctx.look_ahead().field("years").field("months");
        if months.field("issues").exists() {
            let issues = store::all(ctx.db(), &reader.locales).await?;
            Ok(Archive::of_issues(issues, &reader))
        } else {
            let months = store::months(ctx.db(), &reader.locales).await?;
            Ok(Archive::of_months(months))
        }
    }
}

impl Archive {
    /// The archive of these issues, in order.
    fn of_issues(rows: Vec<Row>, reader: &Reader) -> Self {
        let mut archive = Self { years: Vec::new() };
        for row in rows {
            let (year, month) = (row.starts_on.year(), row.starts_on.month());
            let issue = Issue::new(Arc::new(row), reader.clone());
            let month = i32::try_from(month).unwrap_or_default();
            archive.add(year, month, 1).issues.push(issue);
        }
        archive
    }

    /// The archive of these months, in order, without the issues.
    fn of_months(months: Vec<Month>) -> Self {
        let mut archive = Self { years: Vec::new() };
        for Month { year, month, count } in months {
            let count = i32::try_from(count).unwrap_or(i32::MAX);
            archive.add(year, month, count);
        }
        archive
    }

    /// Count more issues of a month, which is the last so far or the next.
    fn add(&mut self, year: i32, month: i32, count: i32) -> &mut ArchiveMonth {
        if self.years.last().is_none_or(|last| last.year != year) {
            self.years.push(ArchiveYear {
                year,
                count: 0,
                months: Vec::new(),
            });
        }
        let place = self.years.len() - 1;
        let of_year = &mut self.years[place];
        of_year.count = of_year.count.saturating_add(count);
        of_year.add(month, count)
    }
}

impl ArchiveYear {
    fn add(&mut self, month: i32, count: i32) -> &mut ArchiveMonth {
        if self.months.last().is_none_or(|last| last.month != month) {
            self.months.push(ArchiveMonth {
                month,
                count: 0,
                issues: Vec::new(),
            });
        }
        let place = self.months.len() - 1;
        let of_month = &mut self.months[place];
        of_month.count = of_month.count.saturating_add(count);
        of_month
    }
}

/// How many years an archive may have, for the complexity of a query.
const YEARS_WEIGHT: usize = 20;

/// How many issues a month may have, for the complexity of a query.
const ISSUES_WEIGHT: usize = 5;
