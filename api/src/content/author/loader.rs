//! Questions about authors that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::cache::entities::Entity;
use crate::content::author::store::{self, Row};
use crate::content::entity::{public, read_by_ids};
use crate::content::language::Locales;
use crate::content::store::Served as _;
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
            let rows = read_by_ids::<AuthorById, Row>(self, &ids, &locales, |row| row.id).await?;
            found.extend(rows.into_iter().map(|(id, row)| {
                let locales = locales.clone();
                (AuthorById { id, locales }, row)
            }));
        }
        Ok(found)
    }
}

impl Entity for AuthorById {
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

impl Loader<AuthorsOf> for Database {
    type Value = Vec<Arc<Row>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[AuthorsOf],
    ) -> Result<HashMap<AuthorsOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, articles) in grouped(keys, |key| (key.locales.clone(), key.article)) {
            for (article, authors) in authors_of(self, &articles, &locales).await? {
                let locales = locales.clone();
                found.insert(AuthorsOf { article, locales }, authors);
            }
        }
        Ok(found)
    }
}

impl Entity for AuthorsOf {
    type Group = Locales;
    type Id = i64;
    type Value = Vec<Arc<Row>>;

    fn group(&self) -> Option<&Locales> {
        public(&self.locales)
    }

    fn id(&self) -> &i64 {
        &self.article
    }

    /// The authors are counted once, as [`AuthorById`].
    fn bytes(authors: &Vec<Arc<Row>>) -> usize {
        size_of_val(authors.as_slice())
    }
}

/// The authors of these articles. From now on they are known without asking.
async fn authors_of(
    db: &Database,
    articles: &[i64],
    locales: &Locales,
) -> Result<HashMap<i64, Vec<Arc<Row>>>, Error> {
    let Some((entities, locales)) = db.entities().zip(public(locales)) else {
        return store::by_articles(db, articles, locales).await;
    };
    let position = entities.position();
    let mut bylines = store::by_articles(db, articles, locales).await?;
    // One row for each author, also between one batch and the next.
    let mut authors: HashMap<i64, Arc<Row>> = HashMap::new();
    for author in bylines.values_mut().flatten() {
        let one = authors.entry(author.id).or_insert_with(|| {
            let key = AuthorById {
                id: author.id,
                locales: locales.clone(),
            };
            entities
                .find(&key)
                .flatten()
                .unwrap_or_else(|| Arc::clone(author))
        });
        *author = Arc::clone(one);
    }
    let authors = authors.into_iter().map(|(id, row)| (id, Some(row)));
    entities.put::<AuthorById>(position, locales, authors);
    let answers = articles.iter().map(|id| (*id, bylines.get(id).cloned()));
    entities.put::<AuthorsOf>(position, locales, answers);
    Ok(bylines)
}
