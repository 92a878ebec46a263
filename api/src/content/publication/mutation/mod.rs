//! Changing the publication: its facts, its names, and the locales that it
//! publishes in.

mod change;
mod check;
mod input;
mod locale;

use async_graphql::{Context, Object, Result};

use crate::access::Operation;
use crate::content::publication::object::Publication;
use crate::content::publication::reader::writer;
use crate::content::writing::Writing;
use crate::graphql::user_error::{payload, refused};
use input::{
    PublicationCreateInput, PublicationLocaleAddInput, PublicationLocaleRemoveInput,
    PublicationUpdateInput,
};

payload! {
    /// The publication that was made.
    PublicationCreatePayload {
        /// The publication as it is now; `null` where there is none.
        publication: Publication
    }
}

payload! {
    /// The publication that was changed.
    PublicationUpdatePayload {
        /// The publication as it is now; `null` where there is none.
        publication: Publication
    }
}

payload! {
    /// The publication that got another locale.
    PublicationLocaleAddPayload {
        /// The publication as it is now; `null` where there is none.
        publication: Publication
    }
}

payload! {
    /// The publication that lost a locale.
    PublicationLocaleRemovePayload {
        /// The publication as it is now; `null` where there is none.
        publication: Publication
    }
}

#[derive(Debug, Default)]
pub struct PublicationMutation;

#[Object]
impl PublicationMutation {
    /// Make the publication, where there is none yet: the one that this server
    /// serves.
    async fn publication_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The publication.")] input: PublicationCreateInput,
    ) -> Result<PublicationCreatePayload> {
        let operation = Operation::PublicationCreate;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let outcome = change::create(&mut writing, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(PublicationCreatePayload::new(now(ctx).await?, errors))
    }

    /// Change the publication. The change shows at once.
    async fn publication_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: PublicationUpdateInput,
    ) -> Result<PublicationUpdatePayload> {
        let operation = Operation::PublicationUpdate;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let outcome = change::update(&mut writing, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(PublicationUpdatePayload::new(now(ctx).await?, errors))
    }

    /// Let the publication publish in another locale.
    async fn publication_locale_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The locale.")] input: PublicationLocaleAddInput,
    ) -> Result<PublicationLocaleAddPayload> {
        let operation = Operation::PublicationLocaleAdd;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let outcome = locale::add(&mut writing, input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(PublicationLocaleAddPayload::new(now(ctx).await?, errors))
    }

    /// Let the publication publish in a locale no more. Nothing may be in it,
    /// and it may not be the default.
    async fn publication_locale_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The locale.")] input: PublicationLocaleRemoveInput,
    ) -> Result<PublicationLocaleRemovePayload> {
        let operation = Operation::PublicationLocaleRemove;
        let mut writing = Writing::begin_as_caller(ctx, operation, None).await?;
        let outcome = locale::remove(&mut writing, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(PublicationLocaleRemovePayload::new(now(ctx).await?, errors))
    }
}

/// The publication as whoever wrote it is served it, once it is written.
async fn now(ctx: &Context<'_>) -> Result<Option<Publication>> {
    let reader = writer(ctx, None).await?;
    Ok(reader.settings.exists.then_some(Publication { reader }))
}
