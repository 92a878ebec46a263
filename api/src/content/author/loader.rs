//! Questions about authors that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::author::store::{self, Row};
use crate::content::language::Locales;
use crate::content::store::by_ids;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// The author with this key, as a reader of these locales is served them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuthorById {
    pub id: i64,
    pub locales: Locales,
}

/// The authors of an article, in byline order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuthorsOf {
    pub article: i64,
    pub locales: Locales,
}

impl Loader<AuthorById> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AuthorById]) -> Result<HashMap<AuthorById, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, ids) in grouped(keys, |key| (key.locales.clone(), key.id)) {
            for row in by_ids::<Row>(self, &ids, &locales).await? {
                let locales = locales.clone();
                found.insert(
                    AuthorById {
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

impl Loader<AuthorsOf> for Database {
    type Value = Vec<Arc<Row>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[AuthorsOf],
    ) -> Result<HashMap<AuthorsOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, articles) in grouped(keys, |key| (key.locales.clone(), key.article)) {
            for (article, authors) in store::by_articles(self, &articles, &locales).await? {
                let locales = locales.clone();
                found.insert(AuthorsOf { article, locales }, authors);
            }
        }
        Ok(found)
    }
}
