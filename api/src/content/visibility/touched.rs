//! What a write may have changed.

use std::collections::{BTreeSet, HashMap};

use masthead_entities::publication::ONLY_ID;

use crate::change_log::Thing;
use crate::content::language::Translated;

/// What a write touched: things that it wrote, made or removed. What readers
/// see of anything else is the same as before.
#[derive(Clone, Debug, Default)]
pub struct Touched(HashMap<Thing, Which>);

/// Which things of a kind.
#[derive(Clone, Debug)]
pub(super) enum Which {
    These(BTreeSet<i64>),
    All,
}

impl Touched {
    /// A thing, its facts or its words in any locale.
    pub fn one(&mut self, what: Translated, id: i64) {
        self.add(thing(what), id);
    }

    /// Whatever there is of a kind.
    pub fn all(&mut self, what: Translated) {
        self.0.insert(thing(what), Which::All);
    }

    /// The publication: its facts, or the locales that it publishes in.
    pub fn publication(&mut self) {
        self.add(Thing::Publication, ONLY_ID);
    }

    /// What another part of the write touched.
    pub fn extend(&mut self, other: Self) {
        for (thing, which) in other.0 {
            match which {
                Which::All => drop(self.0.insert(thing, Which::All)),
                Which::These(ids) => ids.into_iter().for_each(|id| self.add(thing, id)),
            }
        }
    }

    pub(super) fn add(&mut self, thing: Thing, id: i64) {
        let which = self.0.entry(thing);
        if let Which::These(ids) = which.or_insert_with(|| Which::These(BTreeSet::new())) {
            ids.insert(id);
        }
    }

    pub(super) fn of(&self, thing: Thing) -> Option<&Which> {
        self.0.get(&thing)
    }
}

const fn thing(what: Translated) -> Thing {
    match what {
        Translated::Article => Thing::Article,
        Translated::Issue => Thing::Issue,
        Translated::Topic => Thing::Topic,
        Translated::Author => Thing::Author,
    }
}
