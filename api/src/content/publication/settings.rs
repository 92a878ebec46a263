//! The publication's facts, at hand for every request.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::change_log::Position;
use crate::content::language::Locales;
use crate::content::publication::address::Paths;
use crate::content::publication::store;
use crate::database::Database;
use crate::error::Error;

/// How long the facts are taken for true before they are read again. Another
/// process may change them.
const FRESH: Duration = Duration::from_secs(1);

/// The publication, as its row and the rows of its locales say. Before the
/// first content has come in, all of it is empty.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether there is a publication.
    pub exists: bool,
    /// How often it was written, from 1; 0 before.
    pub version: i32,
    /// The tags of its locales, in its order.
    pub locales: Vec<String>,
    /// Its name in each of them, in the same order.
    pub names: Vec<Option<String>>,
    /// What it says of itself in each of them, in the same order.
    pub descriptions: Vec<Option<String>>,
    pub default_locale: String,
    pub time_zone: String,
    /// The website's base, without a trailing slash.
    pub url: String,
    /// The same when the publication came in: it never changes.
    pub first_url: String,
    pub paths: Paths,
}

impl Settings {
    /// The publication's name in the first of a reader's locales that has one,
    /// after that locale.
    #[must_use]
    pub fn name_for<'a>(&'a self, locales: &'a Locales) -> Option<(&'a str, &'a str)> {
        self.first_of(&self.names, locales)
    }

    /// What it says of itself, likewise.
    #[must_use]
    pub fn description_for<'a>(&'a self, locales: &'a Locales) -> Option<(&'a str, &'a str)> {
        self.first_of(&self.descriptions, locales)
    }

    fn first_of<'a>(
        &'a self,
        texts: &'a [Option<String>],
        locales: &'a Locales,
    ) -> Option<(&'a str, &'a str)> {
        locales.iter().find_map(|locale| {
            let place = self.locales.iter().position(|tag| tag == locale)?;
            Some((locale, texts.get(place)?.as_deref()?))
        })
    }
}

/// The settings of the publication, read once a second at most, and whenever
/// this process has written: the change log has moved then.
#[derive(Debug, Default)]
pub struct SettingsCache(Mutex<Option<Cached>>);

#[derive(Debug)]
struct Cached {
    read_at: Instant,
    /// Where the change log was before they were read.
    position: Position,
    settings: Arc<Settings>,
}

impl Cached {
    fn is_fresh(&self, position: Position) -> bool {
        self.position == position && self.read_at.elapsed() < FRESH
    }
}

impl SettingsCache {
    /// The settings of the publication in `database`; those that it had last, at
    /// once, while it is known not to answer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn get(&self, database: &Database) -> Result<Arc<Settings>, Error> {
        // Held while reading, so that one request reads for all.
        let mut cached = self.0.lock().await;
        let position = database.head().position();
        if let Some(cached) = &*cached
            && (cached.is_fresh(position) || !database.answers())
        {
            return Ok(Arc::clone(&cached.settings));
        }
        let settings = match (store::settings(database).await, &mut *cached) {
            (Ok(settings), _) => Arc::new(settings),
            // What is in the response cache can be given all the same.
            (Err(Error::DatabaseUnavailable(_)), Some(last)) => {
                // Those behind need not wait for the same.
                last.read_at = Instant::now();
                return Ok(Arc::clone(&last.settings));
            }
            (Err(fault), _) => return Err(fault),
        };
        *cached = Some(Cached {
            read_at: Instant::now(),
            position,
            settings: Arc::clone(&settings),
        });
        Ok(settings)
    }
}
