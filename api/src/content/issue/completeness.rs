//! How far an issue has come: its articles in each of the publication's
//! locales.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject};

use crate::access::Operation;
use crate::content::issue::loader::CompletenessOf;
use crate::content::issue::store::completeness::Counts;
use crate::content::publication::Reader;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Locale;

/// How far the articles of an issue have come in one locale. Each article is
/// counted once among `published`, `approved`, `inReview`, `draft` and
/// `missing`.
#[derive(Clone, Debug, SimpleObject)]
pub struct LocaleCompleteness {
    /// The locale: one of the publication's.
    locale: Locale,
    /// How many are `PUBLISHED` in their state. Readers see them once the issue
    /// is published.
    published: i32,
    /// How many are approved, and come out with the issue.
    approved: i32,
    /// How many are in review, and not approved yet.
    in_review: i32,
    /// How many are being written.
    draft: i32,
    /// How many have no words in this locale.
    missing: i32,
    /// How many were made from a text of the original that has changed since,
    /// whatever their state.
    outdated: i32,
}

/// How far the articles of an issue have come, in the publication's order.
///
/// # Errors
/// If the caller may not see drafts, or the database does not answer.
pub(super) async fn completeness_of(
    ctx: &Context<'_>,
    issue: i64,
    reader: &Reader,
) -> Result<Vec<LocaleCompleteness>> {
    ctx.caller().may(Operation::DraftsRead, None)?;
    let found = ctx.batches().load_one(CompletenessOf(issue)).await?;
    let found: Arc<Vec<Counts>> = found.unwrap_or_default();
    let locales = reader.settings.locales.iter();
    Ok(locales
        .map(|locale| {
            let counts = found.iter().find(|counts| counts.locale == *locale);
            LocaleCompleteness::new(locale, &counts.cloned().unwrap_or_default())
        })
        .collect())
}

impl LocaleCompleteness {
    fn new(locale: &str, counts: &Counts) -> Self {
        let count = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        let Counts {
            locale: _,
            published,
            in_review,
            approved,
            draft,
            missing,
            outdated,
        } = counts;
        Self {
            locale: Locale(locale.to_owned()),
            published: count(*published),
            approved: count(*approved),
            in_review: count(*in_review),
            draft: count(*draft),
            missing: count(*missing),
            outdated: count(*outdated),
        }
    }
}
