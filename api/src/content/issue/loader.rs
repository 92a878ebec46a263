//! Questions about issues that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::issue::store::completeness::{Counts, completeness};
use crate::content::issue::store::{self, Row, Step};
use crate::content::language::Locales;
use crate::content::store::by_ids;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The issue with this key, as a reader of these locales is served it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IssueById {
    pub id: i64,
    pub locales: Locales,
}

/// The issue that stands next to this one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NeighbourOf {
    pub id: i64,
    pub step: Step,
    pub locales: Locales,
}

/// How far the articles of this issue have come in each locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CompletenessOf(pub i64);

impl Loader<IssueById> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[IssueById]) -> Result<HashMap<IssueById, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, ids) in grouped(keys, |key| (key.locales.clone(), key.id)) {
            for row in by_ids::<Row>(self, &ids, &locales).await? {
                let locales = locales.clone();
                found.insert(
                    IssueById {
                        id: row.id,
                        locales,
                    },
                    Arc::new(row),
                );
            }
        }
        Ok(found)
    }
}

impl Loader<NeighbourOf> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[NeighbourOf],
    ) -> Result<HashMap<NeighbourOf, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((step, locales), ids) in grouped(keys, |key| ((key.step, key.locales.clone()), key.id))
        {
            for (id, row) in store::neighbours(self, &ids, step, &locales).await? {
                let locales = locales.clone();
                found.insert(NeighbourOf { id, step, locales }, Arc::new(row));
            }
        }
        Ok(found)
    }
}

impl Loader<CompletenessOf> for Database {
    type Value = Arc<Vec<Counts>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CompletenessOf],
    ) -> Result<HashMap<CompletenessOf, Self::Value>, Arc<Error>> {
        let ids: Vec<i64> = keys.iter().map(|CompletenessOf(id)| *id).collect();
        let found = completeness(self, &ids).await?.into_iter();
        Ok(found
            .map(|(id, counts)| (CompletenessOf(id), Arc::new(counts)))
            .collect())
    }
}
