//! Which schedules to keep.

use async_graphql::{Enum, InputObject};
use masthead_entities::schedule::{Act, State};
use sea_orm::ActiveEnum as _;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::error::Error;
use crate::graphql::filter::{IdFilter, MomentFilter, always, within};

/// What is to be done at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Act")]
pub enum ScheduleAct {
    /// What `issuePublish` or `articleTranslationPublish` does.
    Publish,
    /// What `issueUnpublish` or `articleTranslationUnpublish` does.
    Unpublish,
}

/// What became of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "State")]
pub enum ScheduleState {
    /// It is to come, or about to be done.
    Pending,
    /// It was done.
    Done,
    /// It was tried once and could not be done: `failure` says why.
    Failed,
    /// It was cancelled before it was due.
    Cancelled,
}

/// What must have become of a schedule. Fields combine with AND.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ScheduleStateFilter {
    /// Exactly this.
    eq: Option<ScheduleState>,
    /// One of these; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<ScheduleState>>,
}

/// Which schedules to keep. Fields combine with AND; an absent one keeps all.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ScheduleFilter {
    /// What became of it.
    state: Option<ScheduleStateFilter>,
    /// What is to be done.
    act: Option<ScheduleAct>,
    /// The issue that it is done to. Those of its articles are not kept.
    issue: Option<IdFilter>,
    /// The article whose words it is done to, in whichever locale.
    article: Option<IdFilter>,
    /// When it is due.
    due_at: Option<MomentFilter>,
}

impl ScheduleFilter {
    /// What a row must be: schedules go by `s`, words of articles by `at`.
    ///
    /// # Errors
    /// If a list is too long, or an id is of another type.
    pub(super) fn condition(&self) -> Result<Condition, Error> {
        let Self {
            state,
            act,
            issue,
            article,
            due_at,
        } = self;
        let mut all = always();
        if let Some(ScheduleStateFilter { eq, one_of }) = state {
            let state = Expr::col(("s", "state"));
            let word = |state: &ScheduleState| State::from(*state).to_value();
            all = all.add_option(eq.as_ref().map(|eq| state.clone().eq(word(eq))));
            if let Some(states) = one_of {
                all = all.add(state.is_in(within("in", states)?.iter().map(word)));
            }
        }
        let act = act.map(|act| Expr::col(("s", "act")).eq(Act::from(act).to_value()));
        all = all.add_option(act);
        if let Some(issue) = issue {
            all = all.add(issue.condition(&Expr::col(("s", "issue_id")), "Issue")?);
        }
        if let Some(article) = article {
            all = all.add(article.condition(&Expr::col(("at", "article_id")), "Article")?);
        }
        if let Some(due_at) = due_at {
            all = all.add(due_at.condition(&Expr::col(("s", "due_at")))?);
        }
        Ok(all)
    }
}
