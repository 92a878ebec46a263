//! What comes in with the mutations of schedules.

use async_graphql::{ID, InputObject};

use crate::content::schedule::filter::ScheduleAct;
use crate::graphql::scalar::{LocalDateTime, Locale};

/// Something to be done at a time: to an issue, or to the words of an article in
/// one locale.
#[derive(Clone, Debug, InputObject)]
pub struct ScheduleCreateInput {
    /// The id of the issue, with all that is ready of it. Without: name an
    /// article.
    pub issue: Option<ID>,
    /// The id of the article. Without: name an issue.
    pub article: Option<ID>,
    /// The locale of the article's words. It goes with `article` alone.
    pub locale: Option<Locale>,
    /// What is to be done.
    pub act: ScheduleAct,
    /// When, on the clocks of the publication's time zone: not in the past, and
    /// within ten years. Of a time that comes twice, as clocks are set back, the
    /// first counts; one that clocks skip is later by as much as they skip.
    pub at: LocalDateTime,
    /// Any text of 1 to 200 characters that stands for this one wish: asked
    /// again within seven days, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// A schedule that is to be cancelled.
#[derive(Clone, Debug, InputObject)]
pub struct ScheduleCancelInput {
    /// Its id.
    pub id: ID,
}
