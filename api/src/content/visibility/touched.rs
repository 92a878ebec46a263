//! What a write may have changed.

use std::collections::{BTreeSet, HashMap};

use masthead_entities::publication::ONLY_ID;

use crate::change_log::Thing;
use crate::content::language::Translated;

/// What a write touched: things that it wrote, made or removed. What readers
/// see of anything else is the same as before.
#[derive(Clone, Debug, Default)]
pub struct Touched(HashMap<Thing, BTreeSet<i64>>);

impl Touched {
    /// A thing, its facts or its words in any locale.
    pub fn one(&mut self, what: Translated, id: i64) {
        self.add(thing(what), id);
    }

    /// The publication: its facts, or the locales that it publishes in.
    pub fn publication(&mut self) {
        self.add(Thing::Publication, ONLY_ID);
    }

    /// What another part of the write touched.
    pub fn extend(&mut self, other: Self) {
        for (thing, ids) in other.0 {
            self.0.entry(thing).or_default().extend(ids);
        }
    }

    pub(super) fn add(&mut self, thing: Thing, id: i64) {
        self.0.entry(thing).or_default().insert(id);
    }

    /// The things of a kind, ascending.
    pub(super) fn of(&self, thing: Thing) -> Vec<i64> {
        self.0.get(&thing).into_iter().flatten().copied().collect()
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
