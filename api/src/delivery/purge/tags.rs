//! What changed, as tags.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::store;
use crate::cache::tag::{Tag, purged};
use crate::change_log::{Change, Entry, NewEntry, Thing, left};
use crate::database::Database;

/// What of an answer may differ after `entries`, which follow each other: all
/// answers that do hold one of these tags.
///
/// Beside what an entry names, this takes in
/// - what an article left, when it moved to another issue or topic;
/// - the articles of an author who appears or vanishes, since those leave out
///   authors without words in the reader's locales;
/// - the topics that an issue has articles on, for what they say of the issue.
///
/// # Errors
/// If the database does not answer.
pub async fn tags_of(database: &Database, entries: &[Entry]) -> Result<BTreeSet<Tag>, DbErr> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(BTreeSet::new());
    };
    let mut tags: BTreeSet<Tag> = entries
        .iter()
        .flat_map(|entry| named(&entry.told))
        .collect();
    for left in left(database, first.position.before(), last.position).await? {
        tags.insert(Tag::ArticlesOfIssue(left.issue_id));
        tags.insert(Tag::ArticlesOfTopic(left.topic_id));
    }
    let authors = ids(entries, |told| {
        told.thing == Thing::Author && told.change != Change::Updated
    });
    let articles = store::articles_by(database, &authors).await?;
    tags.extend(articles.into_iter().map(Tag::Article));
    let issues = ids(entries, |told| told.thing == Thing::Issue);
    let topics = store::topics_in(database, &issues).await?;
    tags.extend(topics.into_iter().map(Tag::ArticlesOfTopic));
    let tags = purged(tags);
    if tags.len() > MOST {
        return Ok(BTreeSet::from([Tag::Publication]));
    }
    Ok(tags)
}

/// More tags than this are everything: an import changes that much.
const MOST: usize = 1_000;

/// What an entry names itself.
fn named(told: &NewEntry) -> Vec<Tag> {
    let id = told.id;
    match told.thing {
        Thing::Publication => vec![Tag::Publication],
        Thing::Issue => vec![Tag::Issue(id), Tag::Issues],
        Thing::Topic => vec![Tag::Topic(id), Tag::Topics],
        Thing::Author => vec![Tag::Author(id), Tag::Authors],
        Thing::Article => [Tag::Article(id), Tag::Articles]
            .into_iter()
            .chain(told.issue_id.map(Tag::ArticlesOfIssue))
            .chain(told.topic_id.map(Tag::ArticlesOfTopic))
            .chain(told.slug.as_deref().map(Tag::slug))
            .collect(),
    }
}

fn ids(entries: &[Entry], is_meant: impl Fn(&NewEntry) -> bool) -> Vec<i64> {
    let ids: BTreeSet<i64> = entries
        .iter()
        .filter(|entry| is_meant(&entry.told))
        .map(|entry| entry.told.id)
        .collect();
    ids.into_iter().collect()
}
