//! A schedule as editors see it.

use anyhow::anyhow;
use async_graphql::{Context, ID, Object, Result};

use crate::content::article::{Article, ArticleById};
use crate::content::issue::{Issue, IssueById};
use crate::content::publication::writer;
use crate::content::schedule::filter::{ScheduleAct, ScheduleState};
use crate::content::schedule::store::Row;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{LocalDateTime, Locale, Moment};
use crate::graphql::user_error::UserErrorCode;

/// An issue, or the words of an article in one locale, to be published or taken
/// back at a time.
#[derive(Clone, Debug)]
pub struct Schedule(Row);

impl Ready for Schedule {}

impl Schedule {
    /// The schedule of `row`.
    pub(super) const fn new(row: Row) -> Self {
        Self(row)
    }

    /// What its ids say that they are of.
    pub(super) const TYPE: &str = "Schedule";

    async fn find_issue(&self, ctx: &Context<'_>) -> Result<Option<Issue>> {
        let Some(id) = self.0.issue_id else {
            return Ok(None);
        };
        let reader = writer(ctx, None).await?;
        let locales = reader.locales.clone();
        let row = ctx.batches().load_one(IssueById { id, locales }).await?;
        Ok(row.map(|row| Issue::new(row, reader)))
    }

    async fn find_article(&self, ctx: &Context<'_>) -> Result<Option<Article>> {
        let Some(id) = self.0.article_id else {
            return Ok(None);
        };
        let reader = writer(ctx, self.0.locale.as_deref()).await?;
        let locales = reader.locales.clone();
        let row = ctx.batches().load_one(ArticleById { id, locales }).await?;
        Ok(row.map(|row| Article::new(row, reader)))
    }
}

/// An issue, or the words of an article in one locale, to be published or taken
/// back at a time. It goes with the thing that it is of.
#[Object]
impl Schedule {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Self::TYPE, self.0.id)
    }

    /// What is to be done.
    async fn act(&self) -> ScheduleAct {
        self.0.act.into()
    }

    /// What became of it.
    async fn state(&self) -> ScheduleState {
        self.0.state.into()
    }

    /// The issue that it is done to, published or not; `null` where it is done
    /// to an article.
    async fn issue(&self, ctx: &Context<'_>) -> Option<Result<Issue>> {
        self.find_issue(ctx).await.transpose()
    }

    /// The article that it is done to, published or not, in `locale`; `null`
    /// where it is done to an issue.
    async fn article(&self, ctx: &Context<'_>) -> Option<Result<Article>> {
        self.find_article(ctx).await.transpose()
    }

    /// The locale of the article's words that it is done to; `null` where it is
    /// done to an issue, in all of its locales.
    async fn locale(&self) -> Option<Locale> {
        self.0.locale.clone().map(Locale)
    }

    /// When, on the publication's clocks.
    async fn at(&self) -> Result<LocalDateTime> {
        let at = LocalDateTime::parse_text(&self.0.local_at);
        Ok(at.ok_or_else(|| Error::Internal(anyhow!("{} is no time", self.0.local_at)))?)
    }

    /// The moment that this is in the publication's time zone. Of a time that
    /// comes twice, as clocks are set back, it is the first; one that clocks
    /// skip is later by as much as they skip. While it is to come, it moves with
    /// the publication to another zone.
    async fn due_at(&self) -> Moment {
        Moment(self.0.due_at)
    }

    /// When it was made.
    async fn made_at(&self) -> Moment {
        Moment(self.0.made_at)
    }

    /// Who made it: the name of a key.
    async fn made_by(&self) -> &str {
        &self.0.made_by
    }

    /// When it was done, tried or cancelled; `null` while it is to come.
    async fn ended_at(&self) -> Option<Moment> {
        self.0.ended_at.map(Moment)
    }

    /// Why it failed, for programs; `null` unless it did.
    async fn failure_code(&self) -> Option<UserErrorCode> {
        let code = self.0.failure_code.as_deref()?;
        UserErrorCode::of_text(code)
    }

    /// Why it failed, for people, in English; `null` unless it did.
    async fn failure(&self) -> Option<&str> {
        self.0.failure.as_deref()
    }
}
