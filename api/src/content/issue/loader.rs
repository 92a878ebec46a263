//! Questions about issues that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::cache::entities::Entity;
use crate::content::entity::{public, read_by_ids};
use crate::content::issue::store::completeness::{Counts, completeness};
use crate::content::issue::store::{self, Row, Step};
use crate::content::language::Locales;
use crate::content::store::Served as _;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::{Batches, grouped, known_or};

/// The issue with this key, as a reader of these locales is served it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IssueById {
    pub id: i64,
    pub locales: Locales,
}

/// The issue with this number, as a reader of these locales is served it.
#[derive(Clone, Debug)]
pub struct IssueByNumber {
    pub number: i32,
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
            let rows = read_by_ids::<IssueById, Row>(self, &ids, &locales, |row| row.id).await?;
            found.extend(rows.into_iter().map(|(id, row)| {
                let locales = locales.clone();
                (IssueById { id, locales }, row)
            }));
        }
        Ok(found)
    }
}

impl Entity for IssueById {
    type Group = Locales;
    type Id = i64;
    type Value = Arc<Row>;

    fn group(&self) -> Option<&Locales> {
        public(&self.locales)
    }

    fn id(&self) -> &i64 {
        &self.id
    }

    fn bytes(row: &Arc<Row>) -> usize {
        row.bytes()
    }
}

impl IssueByNumber {
    /// The issue; `None`: there is none for the reader.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find(self, batches: &Batches) -> Result<Option<Arc<Row>>, Error> {
        let Self { number, locales } = &self;
        let read = async {
            let row = store::by_number(batches.database(), *number, locales).await?;
            Ok(row.map(Arc::new))
        };
        known_or(batches, &self, read).await
    }
}

impl Entity for IssueByNumber {
    type Group = Locales;
    type Id = i32;
    type Value = Arc<Row>;

    fn group(&self) -> Option<&Locales> {
        public(&self.locales)
    }

    fn id(&self) -> &i32 {
        &self.number
    }

    fn bytes(row: &Arc<Row>) -> usize {
        row.bytes()
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
