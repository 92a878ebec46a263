//! Which feeds changed, by their addresses: what WebSub calls topics.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::DbErr;

use super::store;
use crate::change_log::{Entry, NewEntry, Thing};
use crate::config::WebSub;
use crate::content::publication::Settings;
use crate::database::Database;

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
    let general = ["articles".to_owned(), "issues/latest".to_owned()];
    let named = named(database, entries).await?;
    let all = addresses(base, &editions, general.iter().chain(&named));
    if all.len() > MOST {
        return Ok(addresses(base, &editions, &general));
    }
    Ok(all)
}

/// What `entries` name, each as an address has it behind the locales.
async fn named(database: &Database, entries: &[Entry]) -> Result<BTreeSet<String>, DbErr> {
    let told = || entries.iter().map(|entry| &entry.told);
    let articles: Vec<i64> = told()
        .filter(|told| told.thing == Thing::Article)
        .map(|told| told.id)
        .collect();
    let topics: Vec<i64> = told().filter_map(|told| told.topic_id).collect();
    let issues: Vec<i64> = told().filter_map(|told| told.issue_id).collect();
    let in_folder = |folder: &'static str| {
        move |slug: String| format!("{folder}/{}", utf8_percent_encode(&slug, RESERVED))
    };
    let mut named: BTreeSet<String> = told().filter_map(itself).collect();
    let found = store::topics(database, &topics).await?;
    named.extend(found.into_iter().map(in_folder("topics")));
    let found = store::authors(database, &articles).await?;
    named.extend(found.into_iter().map(in_folder("authors")));
    let found = store::issues(database, &issues).await?;
    named.extend(found.into_iter().map(in_folder("issues")));
    Ok(named)
}

/// The feed of a thing.
fn itself(told: &NewEntry) -> Option<String> {
    let folder = match told.thing {
        Thing::Topic => "topics",
        Thing::Author => "authors",
        Thing::Issue => "issues",
        Thing::Article | Thing::Publication => return None,
    };
    let slug = told.slug.as_ref()?;
    Some(format!("{folder}/{}", utf8_percent_encode(slug, RESERVED)))
}

/// Every kind of feed, of summaries and of whole texts, of each of `subjects` in
/// each edition.
fn addresses<'a>(
    base: &str,
    editions: &[Vec<String>],
    subjects: impl IntoIterator<Item = &'a String>,
) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for subject in subjects {
        for edition in editions {
            for kind in ["rss", "atom", "json"] {
                let address = format!("{base}/feeds/{}/{subject}.{kind}", edition.join(","));
                addresses.insert(format!("{address}?content=full"));
                addresses.insert(address);
            }
        }
    }
    addresses
}

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
