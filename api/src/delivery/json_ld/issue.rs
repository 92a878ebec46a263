//! An issue as JSON-LD.

use std::sync::Arc;

use futures_util::future::try_join_all;

use super::article::id as id_of_article;
use super::node::{Document, Part, PublicationIssue};
use super::{periodical, publisher, time};
use crate::cache::tag::Tag;
use crate::content::article::{ArticleRow, article_url, in_issue};
use crate::content::issue::{IssueRow, issue_url};
use crate::content::language::since;
use crate::content::publication::Reader;
use crate::delivery::feed::title_of;
use crate::error::Error;
use crate::graphql::batch::Batches;

/// How much it is to make one, for the complexity of a query: as much as to
/// select what is in it.
pub const PUBLICATION_ISSUE_WEIGHT: usize = 50;

/// The issue of `row` with its first 100 articles, as `reader` is served them.
///
/// # Errors
/// If the database does not answer.
pub async fn publication_issue(
    row: &IssueRow,
    reader: &Reader,
    batches: &Batches,
) -> Result<Document<PublicationIssue>, Arc<Error>> {
    reader.notes.tag(Tag::ArticlesOfIssue(row.id));
    let articles = in_issue(batches, row.id, &reader.locales).await?;
    let parts = articles
        .iter()
        .map(|article| part(article, reader, batches));
    Ok(Document::new(PublicationIssue {
        has_part: try_join_all(parts).await?,
        publisher: Some(publisher(reader)),
        ..issue(row, reader)
    }))
}

/// The issue alone: what an article is part of.
pub(super) fn issue(row: &IssueRow, reader: &Reader) -> PublicationIssue {
    let tag = Tag::Issue(row.id);
    let published = since(row.published_at);
    reader.notes.dated_tag(tag, published);
    let url = issue_url(row, reader);
    PublicationIssue {
        id: format!("{url}#issue"),
        url,
        issue_number: row.number,
        name: title_of(row),
        in_language: row.written.locale.clone(),
        date_published: published.map(time),
        temporal_coverage: format!("{}/{}", row.starts_on, row.ends_on),
        is_part_of: periodical(reader),
        has_part: Vec::new(),
        publisher: None,
    }
}

async fn part(row: &ArticleRow, reader: &Reader, batches: &Batches) -> Result<Part, Arc<Error>> {
    let tag = Tag::Article(row.id);
    reader.notes.dated_tag(tag, since(row.public_at));
    let url = article_url(row, reader, batches).await?;
    Ok(Part {
        id: id_of_article(&url),
        url,
        headline: row.title.clone(),
        in_language: row.locale.clone(),
    })
}
