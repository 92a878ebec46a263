//! Changing topics: their facts, and their words in each locale.

mod change;
mod input;

use async_graphql::{Context, ID, Object, Result};

use crate::access::Operation;
use crate::content::publication::writer;
use crate::content::topic::loader::TopicById;
use crate::content::topic::object::Topic;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::{decode_as, encode};
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{payload, refused};
use input::{
    TopicCreateInput, TopicDeleteInput, TopicTranslationCreateInput, TopicTranslationDeleteInput,
    TopicTranslationRestoreInput, TopicTranslationUpdateInput, TopicUpdateInput,
};

payload! {
    /// The topic that was made.
    TopicCreatePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic whose facts were changed.
    TopicUpdatePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic whose words were added.
    TopicTranslationCreatePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic whose words were changed.
    TopicTranslationUpdatePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic whose words read again as they did.
    TopicTranslationRestorePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic whose words were removed.
    TopicTranslationDeletePayload {
        /// The topic as it is now; `null` where there is none.
        topic: Topic
    }
}

payload! {
    /// The topic that was removed.
    TopicDeletePayload {
        /// The id that it had; `null` where it is still there.
        deleted: ID
    }
}

#[derive(Debug, Default)]
pub struct TopicMutation;

#[Object]
impl TopicMutation {
    /// Make a topic. It shows at once in the locales that it has words in.
    async fn topic_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The topic.")] input: TopicCreateInput,
    ) -> Result<TopicCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::TopicCreate, None).await?;
        let outcome = change::create(&mut writing, &input).await;
        let (id, errors) = match writing.end(outcome).await? {
            Ok(id) => (Some(id), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(TopicCreatePayload::new(now(ctx, id, None).await?, errors))
    }

    /// Change the facts of a topic: what all its locales share.
    async fn topic_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: TopicUpdateInput,
    ) -> Result<TopicUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::TopicUpdate, None).await?;
        let id = decode_as(&input.id, "Topic")?;
        let outcome = change::update(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(TopicUpdatePayload::new(
            now(ctx, Some(id), None).await?,
            errors,
        ))
    }

    /// Remove a topic that no article refers to.
    async fn topic_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The topic.")] input: TopicDeleteInput,
    ) -> Result<TopicDeletePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::TopicDelete, None).await?;
        let id = decode_as(&input.id, "Topic")?;
        let outcome = change::delete(&mut writing, id, input.expected_version).await;
        let errors = refused(writing.end(outcome).await?);
        let deleted = errors.is_empty().then(|| encode("Topic", id));
        Ok(TopicDeletePayload::new(deleted, errors))
    }

    /// Give a topic words in another locale. They show at once.
    async fn topic_translation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: TopicTranslationCreateInput,
    ) -> Result<TopicTranslationCreatePayload> {
        let operation = Operation::TopicTranslationCreate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.topic, "Topic")?;
        let outcome = change::add_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let topic = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(TopicTranslationCreatePayload::new(topic, errors))
    }

    /// Change words of a topic. The change shows at once.
    async fn topic_translation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: TopicTranslationUpdateInput,
    ) -> Result<TopicTranslationUpdatePayload> {
        let operation = Operation::TopicTranslationUpdate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.topic, "Topic")?;
        let outcome = change::change_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let topic = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(TopicTranslationUpdatePayload::new(topic, errors))
    }

    /// Let words of a topic read again as they did at an earlier version. It
    /// is a new version, and a change like any other. They show at once.
    async fn topic_translation_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, and the version.")] input: TopicTranslationRestoreInput,
    ) -> Result<TopicTranslationRestorePayload> {
        let operation = Operation::TopicTranslationRestore;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.topic, "Topic")?;
        let outcome = change::restore_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let topic = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(TopicTranslationRestorePayload::new(topic, errors))
    }

    /// Remove words of a topic; the last ones go with the topic alone.
    async fn topic_translation_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: TopicTranslationDeleteInput,
    ) -> Result<TopicTranslationDeletePayload> {
        let operation = Operation::TopicTranslationDelete;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.topic, "Topic")?;
        let outcome = change::remove_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let topic = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(TopicTranslationDeletePayload::new(topic, errors))
    }
}

/// The topic as whoever wrote it is served it, once it is written.
async fn now(ctx: &Context<'_>, id: Option<i64>, locale: Option<&Locale>) -> Result<Option<Topic>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let reader = writer(ctx, locale.map(|locale| locale.0.as_str())).await?;
    let locales = reader.locales.clone();
    let row = ctx.batches().load_one(TopicById { id, locales }).await?;
    Ok(row.map(|row| Topic::new(row, reader)))
}
