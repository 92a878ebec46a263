//! Questions about translations that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::language::{Sight, Translated};
use crate::content::translation::store::{self, Progress, Row};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The words of a thing that are seen, in every locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TranslationsOf {
    pub what: Translated,
    pub parent: i64,
    pub sight: Sight,
}

/// The words with this key, if they are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TranslationById {
    pub what: Translated,
    pub id: i64,
    pub sight: Sight,
}

/// A longer text of these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextOf {
    pub what: Translated,
    pub column: &'static str,
    pub id: i64,
}

/// How the words of an article have been worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProgressOf {
    pub id: i64,
    pub sight: Sight,
}

impl Loader<TranslationsOf> for Database {
    type Value = Vec<Arc<Row>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[TranslationsOf],
    ) -> Result<HashMap<TranslationsOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((what, sight), parents) in grouped(keys, |key| ((key.what, key.sight), key.parent)) {
            for (parent, rows) in store::of_parents(self, what, &parents, sight).await? {
                let rows = rows.into_iter().map(Arc::new).collect();
                let key = TranslationsOf {
                    what,
                    parent,
                    sight,
                };
                found.insert(key, rows);
            }
        }
        Ok(found)
    }
}

impl Loader<TranslationById> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[TranslationById],
    ) -> Result<HashMap<TranslationById, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((what, sight), ids) in grouped(keys, |key| ((key.what, key.sight), key.id)) {
            for row in store::by_ids(self, what, &ids, sight).await? {
                let id = row.id;
                found.insert(TranslationById { what, id, sight }, Arc::new(row));
            }
        }
        Ok(found)
    }
}

impl Loader<TextOf> for Database {
    type Value = String;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TextOf]) -> Result<HashMap<TextOf, String>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((what, column), ids) in grouped(keys, |key| ((key.what, key.column), key.id)) {
            for (id, text) in store::texts(self, what, column, &ids).await? {
                found.insert(TextOf { what, column, id }, text);
            }
        }
        Ok(found)
    }
}

impl Loader<ProgressOf> for Database {
    type Value = Arc<Progress>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ProgressOf],
    ) -> Result<HashMap<ProgressOf, Arc<Progress>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (sight, ids) in grouped(keys, |key| (key.sight, key.id)) {
            for (id, progress) in store::progress(self, &ids, sight).await? {
                found.insert(ProgressOf { id, sight }, Arc::new(progress));
            }
        }
        Ok(found)
    }
}
