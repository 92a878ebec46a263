//! Changing issues: their facts, their words in each locale, the order of their
//! articles, and whether readers see them.

mod change;
mod input;
mod order;
mod payload;
mod words;

use async_graphql::{Context, Object, Result};

use crate::access::Operation;
use crate::content::issue::publishing::{publish_issue, unpublish_issue};
use crate::content::writing::Writing;
use crate::graphql::id::{decode_as, encode};
use crate::graphql::user_error::refused;
use input::{
    IssueArticlesReorderInput, IssueCreateInput, IssueDeleteInput, IssuePublishInput,
    IssueTranslationCreateInput, IssueTranslationDeleteInput, IssueTranslationRestoreInput,
    IssueTranslationUpdateInput, IssueUnpublishInput, IssueUpdateInput,
};
use payload::{
    IssueArticlesReorderPayload, IssueCreatePayload, IssueDeletePayload, IssuePublishPayload,
    IssueTranslationCreatePayload, IssueTranslationDeletePayload, IssueTranslationRestorePayload,
    IssueTranslationUpdatePayload, IssueUnpublishPayload, IssueUpdatePayload, now, of_articles,
};

#[derive(Debug, Default)]
pub struct IssueMutation;

#[Object]
impl IssueMutation {
    /// Make an issue. Readers see nothing of it until it is published.
    async fn issue_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The issue.")] input: IssueCreateInput,
    ) -> Result<IssueCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::IssueCreate, None).await?;
        let outcome = change::create(&mut writing, &input).await;
        let (id, errors) = match writing.end(outcome).await? {
            Ok(id) => (Some(id), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(IssueCreatePayload::new(now(ctx, id, None).await?, errors))
    }

    /// Change the facts of an issue: what all its locales share. The change of
    /// a published one shows at once.
    async fn issue_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: IssueUpdateInput,
    ) -> Result<IssueUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::IssueUpdate, None).await?;
        let id = decode_as(&input.id, "Issue")?;
        let outcome = change::update(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), None).await?;
        Ok(IssueUpdatePayload::new(issue, errors))
    }

    /// Remove an issue that has no articles and is not published.
    async fn issue_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The issue.")] input: IssueDeleteInput,
    ) -> Result<IssueDeletePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::IssueDelete, None).await?;
        let id = decode_as(&input.id, "Issue")?;
        let outcome = change::delete(&mut writing, id, input.expected_version).await;
        let errors = refused(writing.end(outcome).await?);
        let deleted = errors.is_empty().then(|| encode("Issue", id));
        Ok(IssueDeletePayload::new(deleted, errors))
    }

    /// Put the articles of an issue in another order. It is done as a whole:
    /// no reader sees two articles in one place.
    async fn issue_articles_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: IssueArticlesReorderInput,
    ) -> Result<IssueArticlesReorderPayload> {
        let operation = Operation::IssueArticlesReorder;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let articles = input.articles.iter().map(|id| decode_as(id, "Article"));
        let articles = articles.collect::<Result<Vec<i64>, _>>()?;
        let outcome = order::reorder(&mut writing, id, input.expected_version, &articles).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), None).await?;
        Ok(IssueArticlesReorderPayload::new(issue, errors))
    }

    /// Make an issue public, with all translations of its articles that are
    /// ready: approved, or `PUBLISHED` in their state already. Readers see all
    /// of that from one moment on, or nothing. Of an issue that is public it
    /// makes public what became ready since, dated now.
    async fn issue_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The issue.")] input: IssuePublishInput,
    ) -> Result<IssuePublishPayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::IssuePublish, None).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let expected = Some(input.expected_version);
        let at = input.published_at.map(|moment| moment.0);
        let outcome = publish_issue(&mut writing, id, expected, at).await;
        let (published, user_errors) = match writing.end(outcome).await? {
            Ok(published) => (published, Vec::new()),
            Err(errors) => (Vec::new(), errors),
        };
        let (published, not_ready) = of_articles(ctx, id, &published).await?;
        Ok(IssuePublishPayload {
            issue: now(ctx, Some(id), None).await?,
            published,
            not_ready,
            user_errors,
        })
    }

    /// Take an issue back: readers see nothing of it any more. How far its
    /// translations have come stays, and so they come out with it again.
    async fn issue_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The issue.")] input: IssueUnpublishInput,
    ) -> Result<IssueUnpublishPayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::IssueUnpublish, None).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let expected = Some(input.expected_version);
        let outcome = unpublish_issue(&mut writing, id, expected).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), None).await?;
        Ok(IssueUnpublishPayload::new(issue, errors))
    }

    /// Give an issue words in another locale. Those of a published issue show
    /// at once.
    async fn issue_translation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: IssueTranslationCreateInput,
    ) -> Result<IssueTranslationCreatePayload> {
        let operation = Operation::IssueTranslationCreate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let outcome = words::add(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(IssueTranslationCreatePayload::new(issue, errors))
    }

    /// Change words of an issue. The change of a published one shows at once.
    async fn issue_translation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: IssueTranslationUpdateInput,
    ) -> Result<IssueTranslationUpdatePayload> {
        let operation = Operation::IssueTranslationUpdate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let outcome = words::change(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(IssueTranslationUpdatePayload::new(issue, errors))
    }

    /// Let words of an issue read again as they did at an earlier version. It
    /// is a new version, and a change like any other. Those of a published issue
    /// show at once.
    async fn issue_translation_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, and the version.")] input: IssueTranslationRestoreInput,
    ) -> Result<IssueTranslationRestorePayload> {
        let operation = Operation::IssueTranslationRestore;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let outcome = words::restore(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(IssueTranslationRestorePayload::new(issue, errors))
    }

    /// Remove words of an issue; the last ones go with the issue alone.
    async fn issue_translation_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: IssueTranslationDeleteInput,
    ) -> Result<IssueTranslationDeletePayload> {
        let operation = Operation::IssueTranslationDelete;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.issue, "Issue")?;
        let outcome = words::remove(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let issue = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(IssueTranslationDeletePayload::new(issue, errors))
    }
}
