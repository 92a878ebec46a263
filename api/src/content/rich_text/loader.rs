//! Questions about texts that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use super::forms::{Form, Forms, Texts};
use super::store;
use crate::database::Database;
use crate::error::Error;

/// A form of the body of these words of an article. The answer may hold more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FormOf {
    pub translation: i64,
    pub form: Form,
}

impl Loader<FormOf> for Database {
    type Value = Arc<Texts>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FormOf]) -> Result<HashMap<FormOf, Arc<Texts>>, Arc<Error>> {
        let mut ids: Vec<i64> = keys.iter().map(|key| key.translation).collect();
        ids.sort_unstable();
        ids.dedup();
        let forms = keys
            .iter()
            .fold(Forms::NONE, |forms, key| forms.and(key.form.into()));
        let texts: HashMap<i64, Arc<Texts>> = store::texts(self, &ids, forms)
            .await?
            .into_iter()
            .map(|(id, texts)| (id, Arc::new(texts)))
            .collect();
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, Arc::clone(texts.get(&key.translation)?))))
            .collect())
    }
}
