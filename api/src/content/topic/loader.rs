//! Questions about topics that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::cache::entities::Entity;
use crate::content::entity::{public, read_by_ids};
use crate::content::language::Locales;
use crate::content::store::Served as _;
use crate::content::topic::store::Row;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The topic with this key, as a reader of these locales is served it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TopicById {
    pub id: i64,
    pub locales: Locales,
}

impl Loader<TopicById> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TopicById]) -> Result<HashMap<TopicById, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, ids) in grouped(keys, |key| (key.locales.clone(), key.id)) {
            let rows = read_by_ids::<TopicById, Row>(self, &ids, &locales, |row| row.id).await?;
            found.extend(rows.into_iter().map(|(id, row)| {
                let locales = locales.clone();
                (TopicById { id, locales }, row)
            }));
        }
        Ok(found)
    }
}

impl Entity for TopicById {
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
