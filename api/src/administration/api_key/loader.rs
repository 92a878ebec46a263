//! Questions about keys that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use masthead_entities::api_key_usage::Model as Usage;

use crate::administration::api_key::contract::Terms;
use crate::administration::api_key::store::{terms, used_since};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// What is agreed with the holder of the key that has this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TermsOf(pub(super) i64);

/// The days on which a key was used from `since` on, the last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct UsageOf {
    pub(super) key: i64,
    pub(super) since: NaiveDate,
}

impl Loader<TermsOf> for Database {
    type Value = Terms;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TermsOf]) -> Result<HashMap<TermsOf, Terms>, Arc<Error>> {
        let keys: Vec<i64> = keys.iter().map(|of| of.0).collect();
        let found = terms(self.reader(), &keys).await.map_err(Error::from)?;
        let found = found.into_iter();
        Ok(found.map(|(key, terms)| (TermsOf(key), terms)).collect())
    }
}

impl Loader<UsageOf> for Database {
    type Value = Vec<Usage>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[UsageOf]) -> Result<HashMap<UsageOf, Vec<Usage>>, Arc<Error>> {
        let mut found = HashMap::with_capacity(keys.len());
        for (since, keys) in grouped(keys, |of| (of.since, of.key)) {
            let used = used_since(self, &keys, since).await.map_err(Error::from)?;
            let used = used.into_iter();
            found.extend(used.map(|(key, days)| (UsageOf { key, since }, days)));
        }
        Ok(found)
    }
}
