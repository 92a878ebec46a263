//! Questions about topics that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::language::Locales;
use crate::content::store::by_ids;
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
            for row in by_ids::<Row>(self, &ids, &locales).await? {
                let locales = locales.clone();
                found.insert(
                    TopicById {
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
