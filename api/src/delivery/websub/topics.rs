//! Which feeds changed, by their addresses: what WebSub calls topics.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::store;
use crate::change_log::{Entry, NewEntry, Thing};
use crate::config::WebSub;
use crate::content::publication::Settings;
use crate::database::Database;
use crate::delivery::feed::{Address, Content, IssueName, Kind, Subject};

/// More feeds than this are not named: then those of all articles and of the
/// latest issue are, which whatever changed is in, if it is new.
const MOST: usize = 1_000;

/// The feeds that may differ after `entries`, in full: of all articles, of the
/// latest issue, and of the topics, authors and issues that they name, in each
/// edition that reads one of their locales. `base` is what addresses of this
/// server begin with.
///
/// # Errors
/// If the database does not answer.
pub async fn topics_of(
    database: &Database,
    (websub, settings): (&WebSub, &Settings),
    base: &str,
    entries: &[Entry],
) -> Result<BTreeSet<String>, DbErr> {
    let editions = websub.editions(&settings.locales);
    let reads = |edition: &Vec<String>| {
        let told = entries.iter().map(|entry| entry.told.locale.as_ref());
        // What is in no locale is in all.
        told.into_iter()
            .any(|locale| locale.is_none_or(|locale| edition.contains(locale)))
    };
    let editions: Vec<Vec<String>> = editions.into_iter().filter(reads).collect();
    let general = [Subject::Articles, Subject::Issue(IssueName::Latest)];
    let named = named(database, entries).await?;
    let all = addresses(base, &editions, general.iter().chain(&named));
    if all.len() > MOST {
        return Ok(addresses(base, &editions, &general));
    }
    Ok(all)
}

/// What `entries` name.
async fn named(database: &Database, entries: &[Entry]) -> Result<Vec<Subject>, DbErr> {
    let told = || entries.iter().map(|entry| &entry.told);
    let articles: Vec<i64> = told()
        .filter(|told| told.thing == Thing::Article)
        .map(|told| told.id)
        .collect();
    let topics: Vec<i64> = told().filter_map(|told| told.topic_id).collect();
    let issues: Vec<i64> = told().filter_map(|told| told.issue_id).collect();
    let mut named: Vec<Subject> = told().filter_map(itself).collect();
    let found = store::topics(database, &topics).await?;
    named.extend(found.into_iter().map(Subject::Topic));
    let found = store::authors(database, &articles).await?;
    named.extend(found.into_iter().map(Subject::Author));
    let found = store::issues(database, &issues).await?;
    named.extend(found.into_iter().map(issue));
    Ok(named)
}

/// The feed of a thing.
fn itself(told: &NewEntry) -> Option<Subject> {
    let slug = told.slug.clone()?;
    match told.thing {
        Thing::Topic => Some(Subject::Topic(slug)),
        Thing::Author => Some(Subject::Author(slug)),
        Thing::Issue => Some(issue(slug)),
        Thing::Article | Thing::Publication => None,
    }
}

const fn issue(slug: String) -> Subject {
    Subject::Issue(IssueName::Slug(slug))
}

/// Every kind of feed, of summaries and of whole texts, of each of `subjects` in
/// each edition.
fn addresses<'a>(
    base: &str,
    editions: &[Vec<String>],
    subjects: impl IntoIterator<Item = &'a Subject>,
) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for subject in subjects {
        for edition in editions {
            for kind in Kind::ALL {
                let mut address = Address::new(kind, edition.clone(), subject.clone());
                addresses.insert(format!("{base}{}", address.path()));
                address.content = Content::Full;
                addresses.insert(format!("{base}{}", address.path()));
            }
        }
    }
    addresses
}
