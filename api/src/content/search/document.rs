//! A translation as the index holds it, the same on both engines.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::analyser::{Analyser, Term};

/// The terms of one translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub(super) translation_id: i64,
    /// The term that says which locale it is in; no word is like it.
    pub(super) locale: String,
    /// Title, lead, body.
    pub(super) fields: [Field; 3],
    /// Stems of words that are beyond the last position, and nowhere else.
    pub(super) late: Vec<Arc<str>>,
}

/// The terms of a title, a lead or a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// The position of its first word, from 1. Between two fields one is left
    /// out, so that no phrase runs over both.
    pub(super) first: u16,
    /// The stems of its words in order; `None`: a word that holds no position.
    pub(super) stems: Vec<Option<Arc<str>>>,
    /// Words that differ from their stems, for prefixes, with the position of
    /// the first of them.
    pub(super) forms: Vec<(Arc<str>, u16)>,
}

/// The most words of a document that hold a position: the 16,383 of
/// PostgreSQL's `tsvector`, rounded down. Words beyond are found, but not in
/// phrases.
const MAX_POSITIONS: usize = 16_000;

/// How often a term holds a position. PostgreSQL keeps 255; what comes after
/// that is found all the same, but not in phrases.
const MAX_OCCURRENCES: u16 = 254;

/// How many bytes the terms of a document may take, with their positions:
/// below the 1 MiB of a `tsvector`. What comes after that is not found.
const MAX_BYTES: usize = 700_000;

impl Document {
    /// The terms of a translation: of its title and its lead, and of the plain
    /// text of its body.
    #[must_use]
    pub fn of(translation_id: i64, locale: &str, title: &str, lead: &str, body: &str) -> Self {
        let mut analyser = Analyser::of(locale);
        let mut room = Room::default();
        let mut late = Vec::new();
        let mut first = 1;
        let fields = [title, lead, body].map(|text| {
            let field = Field::of(&analyser.terms(text), first, &mut room, &mut late);
            first += u16::try_from(field.stems.len()).unwrap_or(u16::MAX) + 1;
            field
        });
        Self {
            translation_id,
            locale: locale_term(locale),
            fields,
            late,
        }
    }
}

/// The term that stands for a locale.
pub(super) fn locale_term(locale: &str) -> String {
    format!("={}", locale.to_ascii_lowercase())
}

impl Field {
    fn of(terms: &[Term], first: u16, room: &mut Room, late: &mut Vec<Arc<str>>) -> Self {
        let mut field = Self {
            first,
            ..Self::default()
        };
        let mut forms: HashSet<Arc<str>> = HashSet::new();
        for term in terms {
            let position = first + u16::try_from(field.stems.len()).unwrap_or(u16::MAX);
            match room.take(&term.stem) {
                Place::Held => field.stems.push(Some(Arc::clone(&term.stem))),
                Place::None => field.stems.push(None),
                Place::Late => late.push(Arc::clone(&term.stem)),
                Place::Beyond => {}
            }
            if term.form != term.stem && !forms.contains(&term.form) && room.take_form(&term.form) {
                forms.insert(Arc::clone(&term.form));
                field.forms.push((Arc::clone(&term.form), position));
            }
        }
        field
    }
}

/// What is left of a document's room.
struct Room {
    positions: usize,
    bytes: usize,
    /// How often each stem holds a position.
    occurrences: HashMap<Arc<str>, u16>,
    late: HashSet<Arc<str>>,
}

enum Place {
    /// It holds a position.
    Held,
    /// It counts as a word, and its term holds no position for it.
    None,
    /// There are no more positions, and the term is a new one.
    Late,
    /// There are no more positions, or no room; the term is known, or lost.
    Beyond,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            positions: MAX_POSITIONS,
            bytes: MAX_BYTES,
            occurrences: HashMap::new(),
            late: HashSet::new(),
        }
    }
}

impl Room {
    fn take(&mut self, stem: &Arc<str>) -> Place {
        if self.positions == 0 {
            let is_new = !self.occurrences.contains_key(stem) && !self.late.contains(stem);
            if !is_new || !self.take_bytes(stem.len() + PER_TERM) {
                return Place::Beyond;
            }
            self.late.insert(Arc::clone(stem));
            return Place::Late;
        }
        match self.occurrences.get(stem).copied() {
            Some(MAX_OCCURRENCES) => {
                self.positions -= 1;
                return Place::None;
            }
            Some(_) if !self.take_bytes(PER_POSITION) => return Place::Beyond,
            None if !self.take_bytes(stem.len() + PER_TERM + PER_POSITION) => return Place::Beyond,
            _ => {}
        }
        self.positions -= 1;
        *self.occurrences.entry(Arc::clone(stem)).or_default() += 1;
        Place::Held
    }

    fn take_form(&mut self, form: &str) -> bool {
        self.take_bytes(form.len() + PER_TERM + PER_POSITION)
    }

    fn take_bytes(&mut self, bytes: usize) -> bool {
        let left = self.bytes.checked_sub(bytes);
        // One that does not fit ends it: later ones are not to be found
        // without it.
        self.bytes = left.unwrap_or(0);
        left.is_some()
    }
}

/// What a term takes beside its letters, in a `tsvector`.
const PER_TERM: usize = 8;

/// What a position of a term takes.
const PER_POSITION: usize = 2;
