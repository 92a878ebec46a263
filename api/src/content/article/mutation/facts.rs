//! Changing articles: what all their locales share.

use async_graphql::{Context, ID, Object, Result};

use super::change;
use super::create::create;
use super::input::{ArticleCreateInput, ArticleDeleteInput, ArticleUpdateInput};
use super::reference::References;
use super::{end, now};
use crate::access::Operation;
use crate::content::article::object::Article;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::{decode_as, encode};
use crate::graphql::user_error::{payload, refused};

payload! {
    /// The article that was made.
    ArticleCreatePayload {
        /// The article as it is now, in its original locale; `null` where there
        /// is none.
        article: Article
    }
}

payload! {
    /// The article whose facts were changed.
    ArticleUpdatePayload {
        /// The article as it is now; `null` where there is none.
        article: Article
    }
}

payload! {
    /// The article that was removed.
    ArticleDeletePayload {
        /// The id that it had; `null` where it is still there.
        deleted: ID
    }
}

#[derive(Debug, Default)]
pub(super) struct FactsMutation;

#[Object]
impl FactsMutation {
    /// Make an article with its first words, which are drafts.
    async fn article_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article.")] input: ArticleCreateInput,
    ) -> Result<ArticleCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ArticleCreate, None).await?;
        let authors = Some(input.authors.as_slice());
        let refers = References::try_new(Some(&input.issue), Some(&input.topic), authors)?;
        let outcome = create(&mut writing, &input, &refers).await;
        let (article, errors) = match writing.end(outcome).await? {
            Ok(id) => (
                now(ctx, id, Some(&input.original_locale)).await?,
                Vec::new(),
            ),
            Err(errors) => (None, errors),
        };
        Ok(ArticleCreatePayload::new(article, errors))
    }

    /// Change the facts of an article: what all its locales share.
    async fn article_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: ArticleUpdateInput,
    ) -> Result<ArticleUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ArticleUpdate, None).await?;
        let id = decode_as(&input.id, "Article")?;
        let authors = input.authors.as_deref();
        let refers = References::try_new(input.issue.as_ref(), input.topic.as_ref(), authors)?;
        let may_publish = ctx
            .caller()
            .may(Operation::ArticleTranslationPublish, None)
            .is_ok();
        let outcome = change::update(&mut writing, id, &input, &refers, may_publish).await;
        let (article, errors) = end(ctx, writing, outcome, (id, None)).await?;
        Ok(ArticleUpdatePayload::new(article, errors))
    }

    /// Remove an article with all its words, once none of them is published.
    /// Its slugs are free then, and what was scheduled for it is not done.
    async fn article_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article.")] input: ArticleDeleteInput,
    ) -> Result<ArticleDeletePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ArticleDelete, None).await?;
        let id = decode_as(&input.id, "Article")?;
        let outcome = change::delete(&mut writing, id, input.expected_version).await;
        let errors = refused(writing.end(outcome).await?);
        let deleted = errors.is_empty().then(|| encode("Article", id));
        Ok(ArticleDeletePayload::new(deleted, errors))
    }
}
