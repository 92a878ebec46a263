//! The facets of a list of articles.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::Condition;

use crate::content::article::list::ArticleList;
use crate::content::article::store::{Asked, Counted, Facet, Parent, facets_of};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::grouped;

/// Articles that a field lists, whatever the page: all that its filter keeps,
/// or those of them below something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    pub below: Option<(Parent, i64)>,
    pub list: Arc<ArticleList>,
}

/// The first values of a facet of some articles.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FacetOf {
    pub listed: Listed,
    pub facet: Facet,
    pub first: u32,
}

impl Loader<FacetOf> for Database {
    type Value = Arc<[Counted]>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FacetOf]) -> Result<HashMap<FacetOf, Self::Value>, Arc<Error>> {
        let mut found = HashMap::new();
        for ((parent, list), keys) in grouped(keys, |key| {
            let parent = key.listed.below.map(|(parent, _)| parent);
            ((parent, Arc::clone(&key.listed.list)), key)
        }) {
            let (conditions, asked) = asked(&list, &keys)?;
            let mut ids: Vec<i64> = keys.iter().map(|key| id(key)).collect();
            ids.sort_unstable();
            ids.dedup();
            let parents = parent.map(|parent| (parent, &*ids));
            let facets = facets_of(self, parents, &list.locales, &conditions, &asked).await?;
            for key in keys {
                let counts = facets.get(&(key.facet, id(key))).into_iter().flatten();
                let counts = counts.take(key.first as usize).copied().collect();
                found.insert(key.clone(), counts);
            }
        }
        Ok(found)
    }
}

/// The facets that `keys` name, each once and with as many values as any of
/// them wants; and the conditions on their articles, each once as well.
fn asked(list: &ArticleList, keys: &[&FacetOf]) -> Result<(Vec<Condition>, Vec<Asked>), Error> {
    let mut lists: Vec<ArticleList> = Vec::new();
    let mut asked: Vec<Asked> = Vec::new();
    for key in keys {
        if let Some(same) = asked.iter_mut().find(|asked| asked.facet == key.facet) {
            same.first = same.first.max(key.first);
            continue;
        }
        let list = list.without(key.facet);
        let condition = lists.iter().position(|known| *known == list);
        let condition = condition.unwrap_or_else(|| {
            lists.push(list);
            lists.len() - 1
        });
        asked.push(Asked {
            facet: key.facet,
            condition,
            first: key.first,
        });
    }
    let conditions = lists.iter().map(ArticleList::condition);
    Ok((conditions.collect::<Result<_, _>>()?, asked))
}

fn id(key: &FacetOf) -> i64 {
    key.listed.below.map_or(0, |(_, id)| id)
}
