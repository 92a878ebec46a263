//! The order of the articles in an issue.

use std::collections::{HashMap, HashSet};

use super::change::note;
use crate::access::Operation;
use crate::content::issue::store::write;
use crate::content::language::Translated;
use crate::content::writing::{Input, Writing, check_facts, update_thing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

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
    let places: HashMap<i64, i32> = stored.iter().map(|(id, _, place)| (*id, *place)).collect();
    let moved: Vec<(i64, i32)> = articles
        .iter()
        .copied()
        .zip(1..)
        .filter(|(id, place)| places.get(id) != Some(place))
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    write::move_articles(tx, &moved).await?;
    update_thing(tx, Translated::Issue, id, Vec::new()).await?;
    for (article, _) in &moved {
        writing.touch(Translated::Article, *article);
    }
    let versions = (Some(facts.version), Some(facts.version + 1));
    note(writing, Operation::IssueArticlesReorder, &facts, versions);
    Ok(())
}

/// That these are exactly the articles that are `stored`.
fn check(stored: &[(i64, String, i32)], articles: &[i64]) -> Result<(), Refused> {
    if articles.len() > stored.len() {
        let message = format!(
            "has {} articles; the issue has {}",
            articles.len(),
            stored.len()
        );
        return Err(UserError::new(UserErrorCode::Invalid, "articles", message).into());
    }
    let known: HashSet<i64> = stored.iter().map(|(id, ..)| *id).collect();
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
    let left_out = stored.iter().filter(|(id, ..)| !seen.contains(id));
    let left_out: Vec<&str> = left_out.map(|(_, key, _)| key.as_str()).collect();
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
