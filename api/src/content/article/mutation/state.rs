//! How far the words of articles come: from draft to published, and back.

use async_graphql::{Context, Object, Result};

use super::input::{
    ArticleTranslationApproveInput, ArticleTranslationPublishInput,
    ArticleTranslationSendBackInput, ArticleTranslationSubmitInput,
    ArticleTranslationUnpublishInput,
};
use super::{end, review};
use crate::access::Operation;
use crate::content::article::object::Article;
use crate::content::article::writing::{publish_translation, unpublish_translation};
use crate::content::writing::Writing;
use crate::graphql::id::decode_as;
use crate::graphql::user_error::payload;

payload! {
    /// The article whose words were submitted.
    ArticleTranslationSubmitPayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were approved.
    ArticleTranslationApprovePayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were sent back.
    ArticleTranslationSendBackPayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were published.
    ArticleTranslationPublishPayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were unpublished.
    ArticleTranslationUnpublishPayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

#[derive(Debug, Default)]
pub(super) struct StateMutation;

#[Object]
impl StateMutation {
    /// Hand a draft to the editors, who approve it or send it back.
    async fn article_translation_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationSubmitInput,
    ) -> Result<ArticleTranslationSubmitPayload> {
        let operation = Operation::ArticleTranslationSubmit;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let which = (id, &input.locale);
        let outcome = review::submit(&mut writing, which, input.expected_version).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationSubmitPayload::new(article, errors))
    }

    /// Let words that are in review be published.
    async fn article_translation_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationApproveInput,
    ) -> Result<ArticleTranslationApprovePayload> {
        let operation = Operation::ArticleTranslationApprove;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let which = (id, &input.locale);
        let outcome = review::approve(&mut writing, which, input.expected_version).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationApprovePayload::new(article, errors))
    }

    /// Make words that are in review a draft again, approved or not.
    async fn article_translation_send_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationSendBackInput,
    ) -> Result<ArticleTranslationSendBackPayload> {
        let operation = Operation::ArticleTranslationSendBack;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let which = (id, &input.locale);
        let (expected, note) = (input.expected_version, input.note);
        let outcome = review::send_back(&mut writing, which, expected, note).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationSendBackPayload::new(article, errors))
    }

    /// Make approved words public: now, or with their issue where that is not
    /// published yet. Publishing what is published changes nothing.
    async fn article_translation_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationPublishInput,
    ) -> Result<ArticleTranslationPublishPayload> {
        let operation = Operation::ArticleTranslationPublish;
        let locale = input.locale.0.as_str();
        let mut writing = Writing::begin_as_caller(ctx, operation, Some(locale)).await?;
        let id = decode_as(&input.article, "Article")?;
        let (which, expected) = ((id, locale), Some(input.expected_version));
        let outcome = publish_translation(&mut writing, operation, which, expected).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationPublishPayload::new(article, errors))
    }

    /// Make published words a draft again. Their slug goes on leading to the
    /// article, for when they are published once more.
    async fn article_translation_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationUnpublishInput,
    ) -> Result<ArticleTranslationUnpublishPayload> {
        let operation = Operation::ArticleTranslationUnpublish;
        let locale = input.locale.0.as_str();
        let mut writing = Writing::begin_as_caller(ctx, operation, Some(locale)).await?;
        let id = decode_as(&input.article, "Article")?;
        let (which, expected) = ((id, locale), Some(input.expected_version));
        let outcome = unpublish_translation(&mut writing, operation, which, expected).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationUnpublishPayload::new(article, errors))
    }
}
