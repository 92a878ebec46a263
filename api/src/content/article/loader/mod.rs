//! Questions about articles that many fields ask at once.

mod facet;
mod neighbour;
mod shared;
mod trend;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::cache::entities::Entity;
use crate::content::article::store::{self, Address, Parent, Parts, Row};
use crate::content::entity::public;
use crate::content::language::Locales;
use crate::content::publication::Place;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;
use crate::graphql::keyset::Slice;

pub use facet::{FacetOf, Listed};
pub use neighbour::{NeighbourOf, RelatedTo};
pub use shared::{Lists, SharedList};
pub use trend::{MOST_POINTS, SeriesOf, SpeakingIn, StandingOf};

/// The article with this key, as a reader of these locales is served it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleById {
    pub id: i64,
    pub locales: Locales,
}

/// One page of the articles below something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticlesOf {
    pub parent: Parent,
    pub id: i64,
    pub list: SharedList,
}

/// How many articles a list below something has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleCountOf(pub ArticlesOf);

/// How many articles there are below something, for readers of these locales.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AllArticlesOf {
    pub of: (Parent, Locales),
    pub id: i64,
}

/// The issue and the topic of an article, for its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlaceOf(pub i64);

/// Where the website shows the article that has this key in the content
/// format, to a reader of these locales.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressOf {
    pub key: String,
    pub locales: Locales,
}

impl Loader<ArticleById> for Database {
    type Value = Arc<Row>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ArticleById],
    ) -> Result<HashMap<ArticleById, Arc<Row>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, ids) in grouped(keys, |key| (key.locales.clone(), key.id)) {
            for row in store::by_ids(self, &ids, &locales, Parts::WHOLE).await? {
                let locales = locales.clone();
                found.insert(
                    ArticleById {
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

impl Loader<ArticlesOf> for Database {
    type Value = Arc<Slice<Arc<Row>>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ArticlesOf],
    ) -> Result<HashMap<ArticlesOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((parent, list), ids) in grouped(keys, |key| ((key.parent, key.list.clone()), key.id)) {
            let wanted = list.wanted_below(parent)?;
            let slices =
                store::pages_of(self, parent, &ids, wanted, &list.page, list.parts).await?;
            for (id, slice) in slices {
                let list = list.clone();
                let slice = Arc::new(slice.map(Arc::new));
                found.insert(ArticlesOf { parent, id, list }, slice);
            }
        }
        Ok(found)
    }
}

impl Loader<ArticleCountOf> for Database {
    type Value = u64;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ArticleCountOf],
    ) -> Result<HashMap<ArticleCountOf, u64>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((parent, list), ids) in grouped(keys, |ArticleCountOf(of)| {
            ((of.parent, of.list.clone()), of.id)
        }) {
            let condition = Some(list.condition()?);
            for (id, count) in
                store::counts_of(self, parent, &ids, &list.locales, condition).await?
            {
                let list = list.clone();
                found.insert(ArticleCountOf(ArticlesOf { parent, id, list }), count);
            }
        }
        Ok(found)
    }
}

impl Loader<AllArticlesOf> for Database {
    type Value = u64;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[AllArticlesOf],
    ) -> Result<HashMap<AllArticlesOf, u64>, Arc<Error>> {
        let mut found = HashMap::new();
        for (of, ids) in grouped(keys, |key| (key.of.clone(), key.id)) {
            let (parent, locales) = &of;
            let entities = self.entities().zip(public(locales));
            let position = entities.map(|(entities, _)| entities.position());
            let counts = store::counts_of(self, *parent, &ids, locales, None).await?;
            if let Some(((entities, _), position)) = entities.zip(position) {
                let known = counts.iter().map(|(id, count)| (*id, Some(*count)));
                entities.put::<AllArticlesOf>(position, &of, known);
            }
            let of = |id| AllArticlesOf { of: of.clone(), id };
            found.extend(counts.into_iter().map(|(id, count)| (of(id), count)));
        }
        Ok(found)
    }
}

impl Entity for AllArticlesOf {
    type Group = (Parent, Locales);
    type Id = i64;
    type Value = u64;

    fn group(&self) -> Option<&Self::Group> {
        public(&self.of.1).map(|_| &self.of)
    }

    fn id(&self) -> &i64 {
        &self.id
    }

    fn bytes(_: &u64) -> usize {
        size_of::<u64>()
    }
}

impl Loader<PlaceOf> for Database {
    type Value = Arc<Place>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PlaceOf]) -> Result<HashMap<PlaceOf, Arc<Place>>, Arc<Error>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let places = store::places(self, &ids).await?;
        Ok(places
            .into_iter()
            .map(|(id, place)| (PlaceOf(id), Arc::new(place)))
            .collect())
    }
}

impl Loader<AddressOf> for Database {
    type Value = Arc<Address>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[AddressOf],
    ) -> Result<HashMap<AddressOf, Arc<Address>>, Arc<Error>> {
        let mut found = HashMap::new();
        for (locales, keys) in grouped(keys, |of| (of.locales.clone(), of.key.clone())) {
            for (key, address) in store::addresses(self, &keys, &locales).await? {
                let locales = locales.clone();
                found.insert(AddressOf { key, locales }, Arc::new(address));
            }
        }
        Ok(found)
    }
}
