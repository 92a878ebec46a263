//! Rows that many answers hold, such as topics and authors, in memory.
//!
//! What is kept is true at one position of the change log, as a cached answer
//! is: once the log moves, all of it is gone. So it holds only what cannot
//! change without an entry there: rows as readers see them, never a draft.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::change_log::{Head, Position};

/// A question about one thing, whose answer can be kept.
pub trait Entity: 'static {
    /// What it shares with other questions, such as the reader's locales.
    type Group: Clone + Eq + Hash + Send + 'static;
    /// Which thing it asks for.
    type Id: Clone + Eq + Hash + Send + 'static;
    /// The answer.
    type Value: Clone + Send + 'static;

    /// What it shares with others; `None`: it is about what readers don't see,
    /// and its answer must not be kept.
    fn group(&self) -> Option<&Self::Group>;

    /// Which thing it asks for.
    fn id(&self) -> &Self::Id;

    /// How many bytes an answer takes, about.
    fn bytes(value: &Self::Value) -> usize;
}

/// Answers to questions of every kind, up to a number of bytes. Cheap to clone:
/// all clones are one.
#[derive(Clone)]
pub struct Entities {
    head: Head,
    most: usize,
    kept: Arc<Mutex<Kept>>,
}

/// What an answer takes beside its own bytes: its key, and its place.
const ENTRY: usize = 96;

#[derive(Default)]
struct Kept {
    position: Position,
    /// What was used last. At half of the bytes it becomes `old`.
    young: Half,
    /// What was used before; what is used again becomes young.
    old: Half,
}

#[derive(Default)]
struct Half {
    bytes: usize,
    /// By the type of the question: its [`Groups`].
    tables: HashMap<TypeId, Box<dyn Any + Send>>,
}

type Groups<E> =
    HashMap<<E as Entity>::Group, HashMap<<E as Entity>::Id, Option<<E as Entity>::Value>>>;

impl Entities {
    /// Nothing yet; about `most` bytes at any time, of rows that are true at
    /// the position that `head` knows.
    #[must_use]
    pub fn new(head: Head, most: usize) -> Self {
        Self {
            head,
            most,
            kept: Arc::default(),
        }
    }

    /// Where the change log is: what [`Entities::put`] is told after reading.
    #[must_use]
    pub fn position(&self) -> Position {
        self.head.position()
    }

    /// The answer to `question`. The outer `None` is not known, the inner one is
    /// known to be nothing.
    pub fn find<E: Entity>(&self, question: &E) -> Option<Option<E::Value>> {
        self.known::<E>(question.group()?, question.id())
    }

    /// The same for the question of this group about this thing.
    pub fn known<E: Entity>(&self, group: &E::Group, id: &E::Id) -> Option<Option<E::Value>> {
        let mut kept = self.now();
        let known = kept.find::<E>(group, id);
        kept.age(self.most);
        known
    }

    /// Keep answers that were read since the change log was at `position`,
    /// unless it has moved.
    pub fn put<E: Entity>(
        &self,
        position: Position,
        group: &E::Group,
        answers: impl IntoIterator<Item = (E::Id, Option<E::Value>)>,
    ) {
        let mut kept = self.now();
        if kept.position != position || self.most == 0 {
            return;
        }
        for (id, value) in answers {
            kept.young.put::<E>(group, id, value);
        }
        kept.age(self.most);
    }

    /// How many bytes are kept, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let kept = self.now();
        kept.young.bytes + kept.old.bytes
    }

    /// What is kept, if it is of the present position; else nothing.
    fn now(&self) -> MutexGuard<'_, Kept> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let position = self.head.position();
        if kept.position != position {
            *kept = Kept {
                position,
                ..Kept::default()
            };
        }
        kept
    }
}

impl Kept {
    fn find<E: Entity>(&mut self, group: &E::Group, id: &E::Id) -> Option<Option<E::Value>> {
        if let Some(value) = self.young.get::<E>(group, id) {
            return Some(value.clone());
        }
        let value = self.old.get::<E>(group, id)?.clone();
        self.young.put::<E>(group, id.clone(), value.clone());
        Some(value)
    }

    /// Forget what was not used for long, once there is too much.
    fn age(&mut self, most: usize) {
        if self.young.bytes > most / 2 {
            self.old = std::mem::take(&mut self.young);
        }
    }
}

impl Half {
    fn get<E: Entity>(&self, group: &E::Group, id: &E::Id) -> Option<&Option<E::Value>> {
        let groups = self.tables.get(&TypeId::of::<E>())?;
        groups.downcast_ref::<Groups<E>>()?.get(group)?.get(id)
    }

    fn put<E: Entity>(&mut self, group: &E::Group, id: E::Id, value: Option<E::Value>) {
        let groups = self
            .tables
            .entry(TypeId::of::<E>())
            .or_insert_with(|| Box::new(Groups::<E>::new()));
        let Some(groups) = groups.downcast_mut::<Groups<E>>() else {
            return;
        };
        let bytes = |value: &Option<E::Value>| ENTRY + value.as_ref().map_or(0, E::bytes);
        self.bytes += bytes(&value);
        // Looked up first: most groups are there, and a key costs its clone.
        let replaced = match groups.get_mut(group) {
            Some(answers) => answers.insert(id, value),
            None => groups.entry(group.clone()).or_default().insert(id, value),
        };
        self.bytes -= replaced.as_ref().map_or(0, bytes);
    }
}

impl fmt::Debug for Entities {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Entities")
            .field("most", &self.most)
            .field("bytes", &self.bytes())
            .finish_non_exhaustive()
    }
}
