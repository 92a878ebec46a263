//! Changing authors: their facts, and their words in each locale.

mod change;
mod input;

use async_graphql::{Context, ID, Object, Result};

use crate::access::Operation;
use crate::content::author::loader::AuthorById;
use crate::content::author::object::Author;
use crate::content::publication::writer;
use crate::content::writing::Writing;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::{decode_as, encode};
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{payload, refused};
use input::{
    AuthorCreateInput, AuthorDeleteInput, AuthorTranslationCreateInput,
    AuthorTranslationDeleteInput, AuthorTranslationRestoreInput, AuthorTranslationUpdateInput,
    AuthorUpdateInput,
};

payload! {
    /// The author that was made.
    AuthorCreatePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author whose facts were changed.
    AuthorUpdatePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author whose words were added.
    AuthorTranslationCreatePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author whose words were changed.
    AuthorTranslationUpdatePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author whose words read again as they did.
    AuthorTranslationRestorePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author whose words were removed.
    AuthorTranslationDeletePayload {
        /// The author as it is now; `null` where there is none.
        author: Author
    }
}

payload! {
    /// The author that was removed.
    AuthorDeletePayload {
        /// The id that it had; `null` where it is still there.
        deleted: ID
    }
}

#[derive(Debug, Default)]
pub struct AuthorMutation;

#[Object]
impl AuthorMutation {
    /// Make an author. It shows at once in the locales that it has words in.
    async fn author_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The author.")] input: AuthorCreateInput,
    ) -> Result<AuthorCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::AuthorCreate, None).await?;
        let outcome = change::create(&mut writing, &input).await;
        let (id, errors) = match writing.end(outcome).await? {
            Ok(id) => (Some(id), Vec::new()),
            Err(errors) => (None, errors),
        };
        Ok(AuthorCreatePayload::new(now(ctx, id, None).await?, errors))
    }

    /// Change the facts of an author: what all its locales share.
    async fn author_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: AuthorUpdateInput,
    ) -> Result<AuthorUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::AuthorUpdate, None).await?;
        let id = decode_as(&input.id, "Author")?;
        let outcome = change::update(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        Ok(AuthorUpdatePayload::new(
            now(ctx, Some(id), None).await?,
            errors,
        ))
    }

    /// Remove an author that no article refers to.
    async fn author_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The author.")] input: AuthorDeleteInput,
    ) -> Result<AuthorDeletePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::AuthorDelete, None).await?;
        let id = decode_as(&input.id, "Author")?;
        let outcome = change::delete(&mut writing, id, input.expected_version).await;
        let errors = refused(writing.end(outcome).await?);
        let deleted = errors.is_empty().then(|| encode("Author", id));
        Ok(AuthorDeletePayload::new(deleted, errors))
    }

    /// Give an author words in another locale. They show at once.
    async fn author_translation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: AuthorTranslationCreateInput,
    ) -> Result<AuthorTranslationCreatePayload> {
        let operation = Operation::AuthorTranslationCreate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.author, "Author")?;
        let outcome = change::add_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let author = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(AuthorTranslationCreatePayload::new(author, errors))
    }

    /// Change words of an author. The change shows at once.
    async fn author_translation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: AuthorTranslationUpdateInput,
    ) -> Result<AuthorTranslationUpdatePayload> {
        let operation = Operation::AuthorTranslationUpdate;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.author, "Author")?;
        let outcome = change::change_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let author = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(AuthorTranslationUpdatePayload::new(author, errors))
    }

    /// Let words of an author read again as they did at an earlier version. It
    /// is a new version, and a change like any other. They show at once.
    async fn author_translation_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, and the version.")] input: AuthorTranslationRestoreInput,
    ) -> Result<AuthorTranslationRestorePayload> {
        let operation = Operation::AuthorTranslationRestore;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.author, "Author")?;
        let outcome = change::restore_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let author = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(AuthorTranslationRestorePayload::new(author, errors))
    }

    /// Remove words of an author; the last ones go with the author alone.
    async fn author_translation_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: AuthorTranslationDeleteInput,
    ) -> Result<AuthorTranslationDeletePayload> {
        let operation = Operation::AuthorTranslationDelete;
        let locale = Some(input.locale.0.as_str());
        let mut writing = Writing::begin_as_caller(ctx, operation, locale).await?;
        let id = decode_as(&input.author, "Author")?;
        let outcome = change::remove_words(&mut writing, id, &input).await;
        let errors = refused(writing.end(outcome).await?);
        let author = now(ctx, Some(id), Some(&input.locale)).await?;
        Ok(AuthorTranslationDeletePayload::new(author, errors))
    }
}

/// The author as whoever wrote it is served it, once it is written.
async fn now(
    ctx: &Context<'_>,
    id: Option<i64>,
    locale: Option<&Locale>,
) -> Result<Option<Author>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let reader = writer(ctx, locale.map(|locale| locale.0.as_str())).await?;
    let locales = reader.locales.clone();
    let row = ctx.batches().load_one(AuthorById { id, locales }).await?;
    Ok(row.map(|row| Author::new(row, reader)))
}
