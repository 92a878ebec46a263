//! The order of the articles in an issue.

use std::collections::HashSet;

use crate::access::Operation;
use crate::audit::Deed;
use crate::content::issue::store::write::{self, Placed};
use crate::content::language::Translated;
use crate::content::writing::{Input, MAX_LIST, Writing, check_facts, update_thing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

const OPERATION: Operation = Operation::IssueArticlesReorder;

/// Keys of articles that a message names, at most.
const MOST_TOLD: usize = 10;

/// Put the articles of an issue in this order. In the order that they have,
/// nothing is written.
pub(super) async fn reorder(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
    articles: &[i64],
) -> Result<(), Refused> {
    let tx = writing.tx();
    let read = Some(expected_version);
    let facts = check_facts(tx, Translated::Issue, ("issue", id), read).await?;
    let stored = write::articles(tx, id).await?;
    check(&stored, articles)?;
    let mut moved = Vec::new();
    for (id, place) in articles.iter().zip(1..) {
        let article = stored.iter().find(|article| article.id == *id);
        moved.extend(
            article
                .filter(|article| article.position != place)
                .map(|article| (article, place)),
        );
    }
    if moved.is_empty() {
        return Ok(());
    }
    let places: Vec<(i64, i32)> = moved
        .iter()
        .map(|(article, place)| (article.id, *place))
        .collect();
    write::move_articles(tx, &places).await?;
    update_thing(tx, Translated::Issue, id, Vec::new()).await?;
    let versions = (Some(facts.version), Some(facts.version + 1));
    writing.note_facts(OPERATION, Translated::Issue, &facts, versions);
    for (article, _) in moved {
        note_moved(writing, article);
    }
    Ok(())
}

fn note_moved(writing: &mut Writing, article: &Placed) {
    writing.note(Deed {
        operation: OPERATION.as_str(),
        thing: Some((Translated::Article.type_name(), article.id)),
        name: Some(article.key.clone()),
        from_version: Some(article.version),
        to_version: Some(article.version + 1),
        ..Deed::default()
    });
    writing.touch(Translated::Article, article.id);
}

/// That these are exactly the articles that are `stored`.
fn check(stored: &[Placed], articles: &[i64]) -> Result<(), Refused> {
    if articles.len() > Ord::max(stored.len(), MAX_LIST) {
        let (asked, there) = (articles.len(), stored.len());
        let message = format!("has {asked} articles; the issue has {there}");
        return Err(UserError::new(UserErrorCode::Invalid, "articles", message).into());
    }
    let known: HashSet<i64> = stored.iter().map(|article| article.id).collect();
    let mut input = Input::default();
    let mut seen = HashSet::new();
    for (place, article) in articles.iter().enumerate() {
        let field = format!("articles.{place}");
        if !known.contains(article) {
            let message = "the issue has no such article";
            input.wrong(UserError::new(UserErrorCode::NotFound, &field, message));
        } else if !seen.insert(*article) {
            let message = "the article is there twice";
            input.wrong(UserError::new(UserErrorCode::Duplicate, &field, message));
        }
    }
    let left_out: Vec<&str> = stored
        .iter()
        .filter(|article| !seen.contains(&article.id))
        .map(|article| article.key.as_str())
        .collect();
    if !left_out.is_empty() {
        let mut told = left_out[..left_out.len().min(MOST_TOLD)].join(", ");
        if left_out.len() > MOST_TOLD {
            told = format!("{told} and {} more", left_out.len() - MOST_TOLD);
        }
        let message = format!("lacks articles of the issue: {told}");
        input.wrong(UserError::new(UserErrorCode::Invalid, "articles", message));
    }
    input.end()
}
