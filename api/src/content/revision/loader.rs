//! Questions about revisions that many fields ask at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::content::language::Translated;
use crate::content::revision::store::{self, Part, Row, TextId};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;
use crate::graphql::keyset::Slice;
use crate::graphql::page::Page;

/// One page of what words were and are, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RevisionsOf {
    pub what: Translated,
    pub id: i64,
    pub page: Page,
}

/// How many revisions words have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RevisionCountOf {
    pub what: Translated,
    pub id: i64,
}

/// What words were at a version, or are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RevisionAt {
    pub what: Translated,
    pub id: i64,
    pub version: i32,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartOf {
    pub what: Translated,
    pub part: Part,
    pub id: TextId,
}

impl Loader<RevisionsOf> for Database {
    type Value = Slice<Arc<Row>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[RevisionsOf],
    ) -> Result<HashMap<RevisionsOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((what, page), ids) in grouped(keys, |key| ((key.what, key.page.clone()), key.id)) {
            for (id, slice) in store::pages(self, what, &ids, &page).await? {
                let page = page.clone();
                found.insert(RevisionsOf { what, id, page }, slice.map(Arc::new));
            }
        }
        Ok(found)
    }
}

impl Loader<RevisionCountOf> for Database {
    type Value = u64;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[RevisionCountOf],
    ) -> Result<HashMap<RevisionCountOf, u64>, Arc<Error>> {
        let mut found = HashMap::new();
        for (what, ids) in grouped(keys, |key| (key.what, key.id)) {
            for (id, count) in store::counts(self, what, &ids).await? {
                found.insert(RevisionCountOf { what, id }, count);
            }
        }
        Ok(found)
    }
}

impl Loader<RevisionAt> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RevisionAt]) -> Result<HashMap<RevisionAt, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (what, wanted) in grouped(keys, |key| (key.what, (key.id, key.version))) {
            let (ids, versions): (Vec<i64>, Vec<i64>) = wanted
                .into_iter()
                .map(|(id, version)| (id, i64::from(version)))
                .unzip();
            for row in store::at_versions(self, what, &ids, &versions).await? {
                let key = RevisionAt {
                    what,
                    id: row.translation,
                    version: row.version,
                };
                found.insert(key, Arc::new(row));
            }
        }
        Ok(found)
    }
}

impl Loader<PartOf> for Database {
    type Value = Arc<str>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PartOf]) -> Result<HashMap<PartOf, Arc<str>>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((what, part), ids) in grouped(keys, |key| ((key.what, key.part), key.id)) {
            for (id, text) in store::texts(self, what, part, &ids).await? {
                found.insert(PartOf { what, part, id }, text.into());
            }
        }
        Ok(found)
    }
}
