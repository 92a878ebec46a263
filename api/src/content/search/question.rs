//! What a reader looks for: the text of a query, read by the rules of each of
//! the reader's locales.

use std::sync::Arc;

use super::analyser::{Analyser, Term, is_stop_word};
use crate::content::language::Locales;
use crate::error::Error;

/// The longest query, in characters.
pub const MAX_LETTERS: usize = 500;

/// The most words of a query.
pub const MAX_WORDS: usize = 32;

/// What a reader looks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// How it is understood, with the locales that understand it so; none:
    /// there is nothing to find.
    pub(super) readings: Vec<(Vec<String>, Reading)>,
    /// Whether not all of them understand it the same way.
    pub(super) tells_locales: bool,
}

/// A query as some of the reader's locales understand it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Reading {
    /// All of these.
    pub(super) wanted: Vec<Clause>,
    /// None of these.
    pub(super) unwanted: Vec<Clause>,
}

/// What a text holds or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Clause {
    /// A form of the word with this stem.
    Word(Arc<str>),
    /// A form of that word, or a word that begins like this one.
    Prefix { stem: Arc<str>, form: Arc<str> },
    /// Words with these stems, one after the other.
    Phrase(Vec<Arc<str>>),
}

impl Question {
    /// What `query` asks a reader of `locales` for.
    ///
    /// # Errors
    /// If it is too long.
    pub fn try_new(query: &str, locales: &Locales) -> Result<Self, Error> {
        let letters = query.chars().count();
        if letters > MAX_LETTERS {
            return Err(Error::InvalidValue {
                argument: "query",
                what: format!("at most {MAX_LETTERS} characters long, not {letters}"),
            });
        }
        let parts = parts(query);
        let mut drafts = Vec::new();
        for locale in locales.iter() {
            let draft = Draft::of(&parts, locale);
            if draft.words > MAX_WORDS {
                return Err(Error::InvalidValue {
                    argument: "query",
                    what: format!("of at most {MAX_WORDS} words, not {}", draft.words),
                });
            }
            drafts.push(draft);
        }
        let mut readings: Vec<(Vec<String>, Reading)> = Vec::new();
        for (locale, reading) in locales.iter().zip(Draft::finish(&drafts)) {
            match readings.iter_mut().find(|(_, known)| *known == reading) {
                Some((locales, _)) => locales.push(locale.to_owned()),
                None => readings.push((vec![locale.to_owned()], reading)),
            }
        }
        let tells_locales = readings.len() > 1;
        readings.retain(|(_, reading)| !reading.wanted.is_empty());
        Ok(Self {
            readings,
            tells_locales,
        })
    }

    /// Whether there is nothing to find: no words, or only such as must not be
    /// there.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// How it is understood in `locale`.
    pub(super) fn reading(&self, locale: &str) -> Option<&Reading> {
        self.readings
            .iter()
            .find(|(locales, _)| locales.iter().any(|known| known == locale))
            .map(|(_, reading)| reading)
    }

    /// What an engine is asked for: the reading of each locale, and that a text
    /// is in that locale where not all read the query alike. Spelled with the
    /// engine's words for "and" and "or", its term of a locale, and its `text`
    /// of a reading.
    pub(super) fn in_each_locale(
        &self,
        (and, or): (&str, &str),
        term: impl Fn(&str) -> String,
        text: impl Fn(&Reading) -> Option<String>,
    ) -> String {
        let readings = self.readings.iter().filter_map(|(locales, reading)| {
            let text = text(reading)?;
            if !self.tells_locales {
                return Some(text);
            }
            let locales: Vec<String> = locales.iter().map(|locale| term(locale)).collect();
            let locales = locales.join(&format!(" {or} "));
            Some(format!("(({locales}) {and} ({text}))"))
        });
        readings.collect::<Vec<_>>().join(&format!(" {or} "))
    }

    /// How many words and phrases are looked for.
    pub(super) fn clauses(&self) -> usize {
        let readings = self.readings.iter();
        let clauses = readings.map(|(_, reading)| reading.wanted.len());
        clauses.max().unwrap_or(0)
    }
}

/// What a clause counts that is met in the title. In the lead it counts half of
/// it; elsewhere 1.
pub(super) const IN_TITLE: i64 = 8;

/// What a clause counts that is met in the lead, and not in the title.
pub(super) const IN_LEAD: i64 = 4;

/// A word or a phrase of a query, as it is written.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    text: String,
    kind: Kind,
    is_excluded: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Words,
    /// The words that the query ends with, which may go on.
    Unfinished,
    Phrase,
}

/// Part a query at spaces and quotes. A quote that is not closed runs to the
/// end. A `-` before a word or a quote excludes it.
fn parts(query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut is_excluded = false;
    let mut is_quoted = false;
    let mut push = |text: &mut String, kind, is_excluded: &mut bool| {
        if !text.is_empty() {
            parts.push(Part {
                text: std::mem::take(text),
                kind,
                is_excluded: *is_excluded,
            });
        }
        *is_excluded = false;
    };
    for letter in query.chars() {
        match letter {
            '"' | '\u{201c}'..='\u{201f}' | '«' | '»' => {
                let kind = if is_quoted { Kind::Phrase } else { Kind::Words };
                // `-"…"` excludes the phrase.
                let excludes = !is_quoted && text.is_empty() && is_excluded;
                push(&mut text, kind, &mut is_excluded);
                is_excluded = excludes;
                is_quoted = !is_quoted;
            }
            letter if is_quoted => text.push(letter),
            letter if letter.is_whitespace() => push(&mut text, Kind::Words, &mut is_excluded),
            '-' if text.is_empty() => is_excluded = true,
            letter => text.push(letter),
        }
    }
    let kind = if is_quoted {
        Kind::Phrase
    } else {
        Kind::Unfinished
    };
    push(&mut text, kind, &mut is_excluded);
    parts
}

/// A query in one locale, with its stop words.
#[derive(Default)]
struct Draft {
    /// Of each part of the query what it looks for, and whether that is nothing
    /// but stop words.
    wanted: Vec<(bool, Vec<Clause>)>,
    unwanted: Vec<Clause>,
    words: usize,
}

impl Draft {
    fn of(parts: &[Part], locale: &str) -> Self {
        let mut analyser = Analyser::of(locale);
        let mut draft = Self::default();
        for part in parts {
            let terms = analyser.terms(&part.text);
            draft.words += terms.len();
            if part.is_excluded {
                draft.unwanted.extend(phrase(&terms));
            } else if part.kind == Kind::Phrase {
                let phrase: Vec<Clause> = phrase(&terms).into_iter().collect();
                draft.wanted.push((phrase.is_empty(), phrase));
            } else {
                let last = terms.len().saturating_sub(1);
                let is_stop_word = |term: &Term| is_stop_word(locale, &term.form);
                let are_stop_words = terms.iter().all(is_stop_word);
                let words = terms.into_iter().enumerate().map(|(place, term)| {
                    word(term, part.kind == Kind::Unfinished && place == last)
                });
                draft.wanted.push((are_stop_words, words.collect()));
            }
        }
        draft
    }

    /// The readings of drafts in several locales, part by part: one may have
    /// more words in one locale than in another (`l'été`). What is nothing but
    /// stop words in one of them is looked for in none, unless nothing else is; what means the same
    /// twice in all of them is looked for once.
    fn finish(drafts: &[Self]) -> Vec<Reading> {
        let places = drafts.iter().map(|draft| draft.wanted.len()).max();
        let places = 0..places.unwrap_or(0);
        let at = |place: usize| drafts.iter().map(move |draft| draft.wanted.get(place));
        let clause =
            |wanted: Option<&(bool, Vec<Clause>)>| wanted.map(|(_, clauses)| clauses.clone());
        let told: Vec<bool> = places
            .clone()
            .map(|place| !at(place).flatten().any(|(is_stop_word, _)| *is_stop_word))
            .collect();
        let kept: Vec<bool> = places
            .map(|place| {
                let is_same = |other: usize| at(place).map(clause).eq(at(other).map(clause));
                (told[place] || !told.contains(&true)) && !(0..place).any(is_same)
            })
            .collect();
        let readings = drafts.iter().map(|draft| {
            let wanted = draft.wanted.iter().zip(&kept).filter(|(_, kept)| **kept);
            Reading {
                wanted: wanted
                    .flat_map(|((_, clauses), _)| clauses.clone())
                    .collect(),
                unwanted: draft.unwanted.clone(),
            }
        });
        readings.collect()
    }
}

/// A word; the beginning of one, if it may go on. A single letter begins too
/// many words to be of use.
fn word(term: Term, is_unfinished: bool) -> Clause {
    if is_unfinished && term.form.chars().count() > 1 {
        Clause::Prefix {
            stem: term.stem,
            form: term.form,
        }
    } else {
        Clause::Word(term.stem)
    }
}

fn phrase(terms: &[Term]) -> Option<Clause> {
    let stems = terms.iter().map(|term| Arc::clone(&term.stem));
    match terms {
        [] => None,
        [only] => Some(Clause::Word(Arc::clone(&only.stem))),
        _ => Some(Clause::Phrase(stems.collect())),
    }
}
