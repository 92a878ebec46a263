//! Things that many answers hold, in memory for all requests: topics, authors
//! and issues as readers of some locales are served them.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::cache::entities::Entity;
use crate::content::language::{Locales, Sight};
use crate::content::store::{Served, by_ids, by_slug};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::{Batches, known_or};

/// The thing that has this slug, or had it before it was renamed, as a reader
/// of these locales is served it.
#[derive(Clone, Debug)]
pub struct BySlug<Row> {
    slug: String,
    locales: Locales,
    row: PhantomData<fn() -> Row>,
}

impl<Row: Served + 'static> BySlug<Row> {
    /// The thing with this slug.
    pub fn new(slug: String, locales: Locales) -> Self {
        Self {
            slug,
            locales,
            row: PhantomData,
        }
    }

    /// The thing; `None`: there is none for the reader.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find(self, batches: &Batches) -> Result<Option<Arc<Row>>, Error> {
        let db = batches.database();
        let read = async { Ok(by_slug(db, &self.slug, &self.locales).await?.map(Arc::new)) };
        known_or(batches, &self, read).await
    }
}

impl<Row: Served + 'static> Entity for BySlug<Row> {
    type Group = Locales;
    type Id = String;
    type Value = Arc<Row>;

    fn group(&self) -> Option<&Locales> {
        public(&self.locales)
    }

    fn id(&self) -> &String {
        &self.slug
    }

    fn bytes(row: &Arc<Row>) -> usize {
        row.bytes()
    }
}

/// The locales, as what questions of their readers share; `None` for those who
/// see more than readers.
#[must_use]
pub fn public(locales: &Locales) -> Option<&Locales> {
    (locales.sight() == Sight::Public).then_some(locales)
}

/// The things with these keys, as far as they exist for the reader. From now on
/// they are known without asking.
///
/// # Errors
/// If the database does not answer.
pub async fn read_by_ids<K, Row>(
    db: &Database,
    ids: &[i64],
    locales: &Locales,
    id_of: impl Fn(&Row) -> i64,
) -> Result<HashMap<i64, Arc<Row>>, Error>
where
    K: Entity<Group = Locales, Id = i64, Value = Arc<Row>>,
    Row: Served,
{
    let entities = db.entities().zip(public(locales));
    let position = entities.map(|(entities, _)| entities.position());
    let rows = by_ids::<Row>(db, ids, locales).await?.into_iter();
    let found: HashMap<i64, Arc<Row>> = rows.map(|row| (id_of(&row), Arc::new(row))).collect();
    if let Some(((entities, locales), position)) = entities.zip(position) {
        let answers = ids.iter().map(|id| (*id, found.get(id).cloned()));
        entities.put::<K>(position, locales, answers);
    }
    Ok(found)
}
