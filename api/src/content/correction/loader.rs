//! Questions about corrections that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use masthead_entities::article_correction::Model;

use super::store;
use crate::database::Database;
use crate::error::Error;

/// The corrections of the words of an article that have this key, newest
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CorrectionsOf(pub i64);

impl Loader<CorrectionsOf> for Database {
    type Value = Vec<Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CorrectionsOf],
    ) -> Result<HashMap<CorrectionsOf, Vec<Model>>, Arc<Error>> {
        let words: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = store::of_words(self, &words).await?;
        Ok(found
            .into_iter()
            .map(|(words, corrections)| (CorrectionsOf(words), corrections))
            .collect())
    }
}
