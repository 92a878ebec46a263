//! Where the website shows an article.

use std::sync::Arc;

use crate::cache::tag::Tag;
use crate::content::article::loader::PlaceOf;
use crate::content::article::store::Row;
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::error::Error;
use crate::graphql::batch::Batches;

/// Where the website shows the article of `row`, in the locale that is served.
///
/// # Errors
/// If the database does not answer.
pub async fn article_url(
    row: &Row,
    reader: &Reader,
    batches: &Batches,
) -> Result<String, Arc<Error>> {
    note_place(row, reader);
    let place = if reader.settings.paths.article_needs_place() {
        batches.load_one(PlaceOf(row.id)).await?
    } else {
        None
    };
    Ok(reader.url(Shown {
        what: Translated::Article,
        locale: &row.locale,
        slug: &row.slug,
        place: place.as_deref(),
    }))
}

/// Note what the address of an article may hang on.
pub(super) fn note_place(row: &Row, reader: &Reader) {
    if reader.settings.paths.article_needs_place() {
        let (issue, topic) = (Tag::Issue(row.issue_id), Tag::Topic(row.topic_id));
        reader.notes.tags([issue, topic]);
    }
}
