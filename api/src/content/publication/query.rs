//! The root field of the publication.

use async_graphql::{Context, Object, Result};

use crate::content::publication::object::Publication;
use crate::content::publication::reader::reader;
use crate::graphql::scalar::Locale;

#[derive(Debug, Default)]
pub struct PublicationQuery;

#[Object]
impl PublicationQuery {
    /// The publication; `null` before the first content has come in.
    async fn publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
    ) -> Option<Result<Publication>> {
        find(ctx, locales).await.transpose()
    }
}

async fn find(ctx: &Context<'_>, locales: Option<Vec<Locale>>) -> Result<Option<Publication>> {
    let reader = reader(ctx, locales).await?;
    Ok(reader.settings.exists.then_some(Publication { reader }))
}
