//! Changing the words of articles.

use async_graphql::{Context, Object, Result};

use super::input::{
    ArticleTranslationCreateInput, ArticleTranslationDeleteInput, ArticleTranslationRestoreInput,
    ArticleTranslationUpdateInput,
};
use super::restore::restore;
use super::{end, words};
use crate::access::Operation;
use crate::content::article::object::Article;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::user_error::payload;

payload! {
    /// The article whose words were added.
    ArticleTranslationCreatePayload {
        /// The article as it is now, in the locale of the words; `null` where
        /// there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were changed.
    ArticleTranslationUpdatePayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words have an earlier text again.
    ArticleTranslationRestorePayload {
        /// The article as it is now, in the locale of the words if it has any
        /// there; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article whose words were removed.
    ArticleTranslationDeletePayload {
        /// The article as it is now, in the locale of the words if it still has
        /// them; `null` where there is none.
        article: Article
    }
}

#[derive(Debug, Default)]
pub(super) struct TranslationMutation;

#[Object]
impl TranslationMutation {
    /// Give an article words in another locale. They are a draft.
    async fn article_translation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationCreateInput,
    ) -> Result<ArticleTranslationCreatePayload> {
        let operation = Operation::ArticleTranslationCreate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let outcome = words::add(&mut writing, id, &input).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationCreatePayload::new(article, errors))
    }

    /// Change words of an article. In review, they are to be approved again;
    /// published, a publisher alone changes them, and it shows at once.
    async fn article_translation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: ArticleTranslationUpdateInput,
    ) -> Result<ArticleTranslationUpdatePayload> {
        let operation = Operation::ArticleTranslationUpdate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let may_correct = ctx
            .caller()
            .may(Operation::PublishedTextWrite, locale)
            .is_ok();
        let outcome = words::change(&mut writing, id, &input, may_correct).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationUpdatePayload::new(article, errors))
    }

    /// Give words of an article the title, the lead and the body again that they
    /// had at an earlier version. It is a new version, and a change like any
    /// other; the slug and how far they have come stay.
    async fn article_translation_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, and the version.")] input: ArticleTranslationRestoreInput,
    ) -> Result<ArticleTranslationRestorePayload> {
        let operation = Operation::ArticleTranslationRestore;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let may_correct = ctx
            .caller()
            .may(Operation::PublishedTextWrite, locale)
            .is_ok();
        let outcome = restore(&mut writing, id, &input, may_correct).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationRestorePayload::new(article, errors))
    }

    /// Remove words of an article that are not published; the original goes
    /// with the article alone.
    async fn article_translation_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: ArticleTranslationDeleteInput,
    ) -> Result<ArticleTranslationDeletePayload> {
        let operation = Operation::ArticleTranslationDelete;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.article, "Article")?;
        let which = (id, &input.locale);
        let outcome = words::remove(&mut writing, which, input.expected_version).await;
        let place = (id, Some(&input.locale));
        let (article, errors) = end(ctx, writing, outcome, place).await?;
        Ok(ArticleTranslationDeletePayload::new(article, errors))
    }
}
