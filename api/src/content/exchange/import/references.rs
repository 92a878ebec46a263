//! What records refer to: whether it is there, and where.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use super::Importer;
use crate::content::exchange::fault::MAX_SHOWN;
use crate::content::exchange::fields::Problem;
use crate::content::exchange::record::Name;

/// Things of one kind, by natural key: those that are stored, and those that
/// the input names.
pub(super) struct Known<K>(HashMap<K, Thing>);

#[derive(Clone, Copy, Debug, Default)]
struct Thing {
    /// `None`: it is not stored, because its record is bad.
    id: Option<i64>,
    /// The line that names it.
    line: Option<u64>,
    /// Whether that line is bad.
    bad: bool,
    /// Whether it was there before the import.
    stored: bool,
}

/// A reference to nothing that was known when it came.
pub(super) struct Missing {
    line: u64,
    record: Name,
    field: &'static str,
    to: Name,
}

impl<K: Hash + Eq> Known<K> {
    /// What is stored.
    pub(super) fn stored(things: impl IntoIterator<Item = (K, i64)>) -> Self {
        let things = things.into_iter().map(|(key, id)| {
            let thing = Thing {
                id: Some(id),
                stored: true,
                ..Thing::default()
            };
            (key, thing)
        });
        Self(things.collect())
    }

    pub(super) fn id<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<i64>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)?.id
    }

    /// The input names it, on this line.
    pub(super) fn name(&mut self, key: K, line: u64) {
        self.0.entry(key).or_default().line = Some(line);
    }

    /// The input names it on this line, which is bad.
    pub(super) fn name_bad(&mut self, key: K, line: u64) {
        let thing = self.0.entry(key).or_default();
        thing.line.get_or_insert(line);
        thing.bad = true;
    }

    /// It is stored now.
    pub(super) fn set_id(&mut self, key: K, id: i64) {
        self.0.entry(key).or_default().id = Some(id);
    }

    /// The key of a thing that is still there after an import, which removes
    /// what the input does not name if it is to `prune`.
    pub(super) fn kept(&self, id: i64, prune: bool) -> Option<K>
    where
        K: Clone,
    {
        let mut things = self.0.iter();
        let (key, thing) = things.find(|(_, thing)| thing.id == Some(id))?;
        (!prune || thing.line.is_some()).then(|| key.clone())
    }

    /// Ids of what the input does not name.
    pub(super) fn unnamed(&self) -> Vec<i64> {
        let unnamed = self.0.values().filter(|thing| thing.line.is_none());
        unnamed.filter_map(|thing| thing.id).collect()
    }

    fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<Thing>
    where
        K: Borrow<Q>,
    {
        self.0.get(key).copied()
    }

    pub(super) fn is_bad<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.get(key).is_some_and(|thing| thing.bad)
    }
}

impl Importer<'_> {
    /// The thing that a record refers to. `None`: there is none to refer to,
    /// which is noted, or its own record is bad.
    pub(super) fn refer(
        &mut self,
        line: u64,
        record: &Name,
        field: &'static str,
        to: Name,
    ) -> Option<i64> {
        let thing = self.thing(&to).filter(|thing| {
            let named_before = thing.line.is_some_and(|before| before < line);
            named_before || thing.stored && !self.prune
        });
        let Some(thing) = thing else {
            if self.missing.len() < MAX_SHOWN {
                let record = record.clone();
                self.missing.push(Missing {
                    line,
                    record,
                    field,
                    to,
                });
            } else {
                self.fault(line, record, field, format!("there is no {to}"));
            }
            return None;
        };
        thing.id
    }

    /// Tell what was referred to and not there, and where it is instead.
    pub(super) fn tell_missing(&mut self) {
        for missing in std::mem::take(&mut self.missing) {
            let Missing {
                line,
                record,
                field,
                to,
            } = missing;
            let what = match self.thing(&to) {
                Some(Thing {
                    line: Some(later), ..
                }) => {
                    format!("{to} comes later, on line {later}; put it before what refers to it")
                }
                Some(_) => format!("{to} is not in the input, and would be removed with the rest"),
                None => format!("there is no {to}, neither before this line nor stored"),
            };
            self.faults
                .add(line, Some(&record), Problem::new(field, what));
        }
    }

    fn thing(&self, name: &Name) -> Option<Thing> {
        match name {
            Name::Topic(slug) => self.topics.get(slug),
            Name::Author(slug) => self.authors.get(slug),
            Name::Issue(number) => self.issues.get(number),
            Name::Publication | Name::Article(_) => None,
        }
    }
}
