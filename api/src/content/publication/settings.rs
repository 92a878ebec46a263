//! The publication's facts, at hand for every request.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

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
    pub paths: Paths,
}

/// The settings of the publication, read at most once a second.
#[derive(Debug, Default)]
pub struct SettingsCache(Mutex<Option<(Instant, Arc<Settings>)>>);

impl SettingsCache {
    /// The settings of the publication in `database`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn get(&self, database: &Database) -> Result<Arc<Settings>, Error> {
        // Held while reading, so that one request reads for all.
        let mut cached = self.0.lock().await;
        if let Some((read_at, settings)) = &*cached
            && read_at.elapsed() < FRESH
        {
            return Ok(Arc::clone(settings));
        }
        let settings = Arc::new(store::settings(database).await?);
        *cached = Some((Instant::now(), Arc::clone(&settings)));
        Ok(settings)
    }
}
