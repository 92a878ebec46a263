//! Lists that are asked for below many things.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;

use crate::content::article::list::ArticleList;
use crate::content::article::store::Parent;
use crate::content::language::Locales;

/// A list that is asked for below many things. It is hashed once: a batch looks
/// it up several times for each of them.
#[derive(Clone, Debug)]
pub struct SharedList {
    list: Arc<ArticleList>,
    hash: u64,
}

/// The lists of one request, each made once: below a hundred topics one field
/// asks for the same list a hundred times.
#[derive(Debug, Default)]
pub struct Lists(Mutex<HashMap<Asked, SharedList>>);

/// What makes a list: a field with its arguments, the same in all of a request,
/// what it is a field of, and for whom it is resolved.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Asked {
    /// Where it is in memory: the document outlives the request.
    field: usize,
    parent: Parent,
    locales: Locales,
}

impl SharedList {
    /// The list, to be shared.
    #[must_use]
    pub fn new(list: ArticleList) -> Self {
        let mut hasher = DefaultHasher::new();
        list.hash(&mut hasher);
        let hash = hasher.finish();
        Self {
            list: Arc::new(list),
            hash,
        }
    }

    /// The list itself.
    #[must_use]
    pub const fn get(&self) -> &Arc<ArticleList> {
        &self.list
    }
}

impl Deref for SharedList {
    type Target = ArticleList;

    fn deref(&self) -> &ArticleList {
        &self.list
    }
}

impl Hash for SharedList {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl PartialEq for SharedList {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.list, &other.list) || (self.hash == other.hash && self.list == other.list)
    }
}

impl Eq for SharedList {}

impl Lists {
    /// The list of the field that `ctx` is at, below a `parent` and for a reader
    /// of `locales`; made by `make` the first time.
    pub fn of(
        &self,
        ctx: &Context<'_>,
        parent: Parent,
        locales: &Locales,
        make: impl FnOnce() -> ArticleList,
    ) -> SharedList {
        let asked = Asked {
            field: std::ptr::from_ref(ctx.item).addr(),
            parent,
            locales: locales.clone(),
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let list = known.entry(asked);
        list.or_insert_with(|| SharedList::new(make())).clone()
    }
}
