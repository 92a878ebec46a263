//! What stands next to an article, and what is like it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::article::store::{self, Row, Step, Within};
use crate::content::language::Locales;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The article that stands next to this one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NeighbourOf {
    pub id: i64,
    pub within: Within,
    pub step: Step,
    pub locales: Locales,
}

/// The articles that are most like this one, the likest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelatedTo {
    pub id: i64,
    pub first: u32,
    pub locales: Locales,
}

impl Loader<NeighbourOf> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[NeighbourOf],
    ) -> Result<HashMap<NeighbourOf, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((within, step, locales), ids) in grouped(keys, |key| {
            ((key.within, key.step, key.locales.clone()), key.id)
        }) {
            for (id, row) in store::neighbours(self, &ids, within, step, &locales).await? {
                let key = NeighbourOf {
                    id,
                    within,
                    step,
                    locales: locales.clone(),
                };
                found.insert(key, Arc::new(row));
            }
        }
        Ok(found)
    }
}

impl Loader<RelatedTo> for Database {
    type Value = Arc<[Arc<Row>]>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[RelatedTo],
    ) -> Result<HashMap<RelatedTo, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((first, locales), ids) in
            grouped(keys, |key| ((key.first, key.locales.clone()), key.id))
        {
            for (id, rows) in store::related(self, &ids, first, &locales).await? {
                let key = RelatedTo {
                    id,
                    first,
                    locales: locales.clone(),
                };
                found.insert(key, rows.into_iter().map(Arc::new).collect());
            }
        }
        Ok(found)
    }
}
