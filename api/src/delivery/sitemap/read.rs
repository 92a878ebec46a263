//! From the stores to a sitemap.

use std::cmp::Reverse;
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::address::{Address, not_found};
use super::write::{News, Place, index, urls};
use super::{MEDIA_TYPE, store};
use crate::app::App;
use crate::cache::tag::Tag;
use crate::change_log::last_change;
use crate::content::language::{Sight, Translated};
use crate::content::publication::{Settings, SettingsCache, Shown};
use crate::content::translation::{TranslationRow, TranslationsOf};
use crate::database::Database;
use crate::delivery::Document;
use crate::delivery::text::legal;
use crate::error::Error;
use crate::graphql::batch::{Memory, batches};
use crate::graphql::notes::Notes;

/// Addresses in one sitemap, at most, and bytes (sitemaps.org, "Sitemap index
/// files").
const MOST: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;

/// An address has fewer characters than this; longer ones are left out.
const LONGEST: usize = 2_048;

/// News in one sitemap, at most (Google's limit).
const MOST_NEWS: usize = 1_000;

/// The sitemap at `address`, or why there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn document(
    app: &App,
    settings: &SettingsCache,
    address: Address,
) -> Result<Document, Arc<Error>> {
    let settings = settings.get(&app.database).await?;
    if !settings.exists {
        let message = "there is no publication yet, and nothing that its website shows";
        return Ok(not_found(message));
    }
    let db = &app.database;
    let changed_at = last_change(db.reader()).await.map_err(Error::from)?;
    let notes = Notes::default();
    notes.tags([Tag::Articles, Tag::Issues, Tag::Topics, Tag::Authors]);
    let body = match address {
        Address::Index => Some(index(&all(app, &settings).await?)),
        Address::News(since) => Some(news(db, &settings, since).await?),
        Address::Things { what, year, part } => {
            let first = in_one(settings.locales.len());
            let after = u64::from(part - 1) * first;
            let ids = store::ids(db, what, year, (first, after)).await?;
            match &*ids {
                [] => None,
                ids => {
                    let places = places(&settings, &words(db, what, ids).await?);
                    Some(urls(&places))
                }
            }
        }
    };
    let Some(body) = body else {
        return Ok(not_found(
            "there is nothing of that; /sitemap.xml lists all",
        ));
    };
    let body = body.map_err(|error| Error::Internal(error.into()))?;
    Ok(Document {
        is_timely: address.is_timely(),
        ..Document::found(MEDIA_TYPE, body, notes.sum(), changed_at)
    })
}

/// How many things one sitemap has, so that it keeps both limits however long
/// their addresses are: each is there in all locales, and tells those of all.
fn in_one(locales: usize) -> u64 {
    /// What stands around an address, and the time beside it.
    const AROUND: usize = 150;
    let locales = locales.max(1);
    let longest = locales * (locales + 2) * (LONGEST + AROUND);
    let most = (MOST / locales).min((MOST_BYTES - 1024) / longest);
    most.max(1) as u64
}

/// All sitemaps but the index, each with when something of it last changed.
async fn all(app: &App, settings: &Settings) -> Result<Vec<Place>, Error> {
    let in_one = in_one(settings.locales.len());
    let place = |address: Address| format!("{}{}", app.public_url, address.path());
    let mut all = Vec::new();
    for what in [
        Translated::Article,
        Translated::Issue,
        Translated::Topic,
        Translated::Author,
    ] {
        for group in store::groups(&app.database, what).await? {
            let parts = group.count.unsigned_abs().div_ceil(in_one);
            for part in 1..=u32::try_from(parts).unwrap_or(u32::MAX) {
                let year = group.year;
                let address = Address::Things { what, year, part };
                all.push(Place::new(place(address), group.updated_at));
            }
        }
    }
    all.truncate(MOST);
    Ok(all)
}

/// What was published since this time.
async fn news(
    db: &Database,
    settings: &Settings,
    since: DateTime<Utc>,
) -> Result<io::Result<Vec<u8>>, Arc<Error>> {
    let ids = store::published_since(db, since, MOST_NEWS as u64).await?;
    let words = words(db, Translated::Article, &ids).await?;
    let mut words: Vec<&TranslationRow> = words.iter().flatten().map(AsRef::as_ref).collect();
    words.retain(|row| row.published_at.is_some_and(|time| time >= since));
    words.sort_by_key(|row| (Reverse(row.published_at), row.id));
    let places = words.into_iter().filter_map(|row| {
        let place = Place::new(url(settings, row), row.updated_at);
        let news = Some(news_of(settings, row)?);
        Some(Place { news, ..place })
    });
    let places: Vec<Place> = places.take(MOST_NEWS).collect();
    Ok(urls(&places))
}

/// The words of these things that readers see, thing by thing.
async fn words(
    db: &Database,
    what: Translated,
    ids: &[i64],
) -> Result<Vec<Vec<Arc<TranslationRow>>>, Arc<Error>> {
    let (batches, queue) = batches(db.clone(), Memory::Kept);
    let sight = Sight::Public;
    let key = |parent| TranslationsOf {
        what,
        parent,
        sight,
    };
    let keys = ids.iter().copied().map(key);
    let mut found = queue.drive(batches.load_many(keys)).await?;
    let words = ids.iter().filter_map(|id| found.remove(&key(*id)));
    Ok(words.collect())
}

/// The addresses of things in each language, with those in the others.
fn places(settings: &Settings, things: &[Vec<Arc<TranslationRow>>]) -> Vec<Place> {
    things
        .iter()
        .flat_map(|words| of_thing(settings, words))
        .collect()
}

fn of_thing(settings: &Settings, words: &[Arc<TranslationRow>]) -> Vec<Place> {
    let rank = |locale: &str| settings.locales.iter().position(|tag| tag == locale);
    let mut words: Vec<&TranslationRow> = words.iter().map(AsRef::as_ref).collect();
    words.sort_by_key(|row| rank(&row.locale));
    let urls: Vec<(String, &TranslationRow)> = words
        .into_iter()
        .map(|row| (url(settings, row), row))
        .filter(|(url, _)| url.len() < LONGEST)
        .collect();
    let alternates = alternates(settings, &urls);
    let places = urls.into_iter().map(|(url, row)| Place {
        alternates: alternates.clone(),
        ..Place::new(url, row.updated_at)
    });
    places.collect()
}

fn url(settings: &Settings, row: &TranslationRow) -> String {
    let path = settings.paths.path(Shown {
        what: row.what,
        locale: &row.locale,
        slug: &row.slug,
        place: row.place.as_ref(),
    });
    format!("{}{path}", settings.url)
}

/// Where a thing is in each language: what is in one alone has no alternates.
/// Who prefers none of them is led to the publication's default, else to the
/// first.
fn alternates(settings: &Settings, urls: &[(String, &TranslationRow)]) -> Vec<(String, String)> {
    if urls.len() < 2 {
        return Vec::new();
    }
    let default = urls
        .iter()
        .find(|(_, row)| row.locale == settings.default_locale);
    let default = default.or(urls.first());
    urls.iter()
        .map(|(url, row)| (row.locale.clone(), url.clone()))
        .chain(default.map(|(url, _)| ("x-default".to_owned(), url.clone())))
        .collect()
}

fn news_of(settings: &Settings, row: &TranslationRow) -> Option<News> {
    let place = settings.locales.iter().position(|tag| *tag == row.locale)?;
    let name = settings.names.get(place)?.as_deref();
    Some(News {
        publication: legal(name.unwrap_or(&settings.url)),
        locale: row.locale.clone(),
        published_at: row.published_at?,
        title: legal(row.title.as_ref()?),
    })
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST, MOST_BYTES, in_one};

    #[test]
    fn no_sitemap_is_larger_than_may_be() {
        for locales in 0..=100 {
            let things = usize::try_from(in_one(locales)).unwrap();

            assert!(things >= 1);
            assert!(things * locales <= MOST, "{locales}");
            let addresses = things * locales * (locales + 2);
            assert!(addresses * LONGEST < MOST_BYTES, "{locales}");
        }
        assert_eq!(in_one(3), 1_590);
    }
}
