//! Where a text holds what was looked for.

use std::ops::Range;

use super::analyser::{Analyser, Term};
use super::question::{Clause, Reading};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_hit: bool,
}

/// How many words of a long text are shown around a hit, at most.
const WORDS: usize = 30;

/// How many words come before the first hit, where there are so many.
const BEFORE: usize = 8;

/// Stands where a text was cut.
const CUT: &str = "…";

/// The whole of `text` with its hits marked; `None` when it has none.
pub(super) fn whole(text: &str, locale: &str, reading: &Reading) -> Option<Vec<Piece>> {
    let terms = Analyser::of(locale).terms(text);
    let hits = hits(&terms, &reading.wanted);
    if hits.is_empty() {
        return None;
    }
    let marked = marked(&terms, hits.iter().map(|hit| &hit.words));
    Some(pieces(text, 0..text.len(), &marked))
}

/// The `most` best places of `text` that hold hits, in the order of the text:
/// those with the most different clauses, then with the most hits, then the
/// first.
pub(super) fn fragments(
    text: &str,
    locale: &str,
    reading: &Reading,
    most: usize,
) -> Vec<Vec<Piece>> {
    let terms = Analyser::of(locale).terms(text);
    let hits = hits(&terms, &reading.wanted);
    let mut windows = windows(&hits, terms.len());
    windows.sort_by_key(|window| std::cmp::Reverse((window.clauses(), window.hits.len())));
    windows.truncate(most);
    windows.sort_by_key(|window| window.words.start);
    let cut = windows.into_iter().map(|window| {
        let start = match window.words.start {
            0 => 0,
            first => terms[first].range.start,
        };
        let end = if window.words.end == terms.len() {
            text.len()
        } else {
            terms[window.words.end - 1].range.end
        };
        let marked = marked(&terms, window.hits.iter().map(|hit| &hit.words));
        let mut pieces = pieces(text, start..end, &marked);
        if start > 0 {
            pieces.insert(0, unmarked(CUT));
        }
        if end < text.len() {
            pieces.push(unmarked(CUT));
        }
        joined(pieces)
    });
    cut.collect()
}

/// Words that meet a clause, by their places among the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    words: Range<usize>,
    clause: usize,
}

fn hits(terms: &[Term], clauses: &[Clause]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for place in 0..terms.len() {
        for (clause, wanted) in clauses.iter().enumerate() {
            let length = wanted.length();
            if wanted.meets(&terms[place..]) {
                let words = place..place + length;
                hits.push(Hit { words, clause });
            }
        }
    }
    hits
}

impl Clause {
    /// Whether the text that goes on with `terms` begins with this.
    pub(super) fn meets(&self, terms: &[Term]) -> bool {
        let Some(first) = terms.first() else {
            return false;
        };
        match self {
            Self::Word(stem) => first.stem == *stem,
            Self::Prefix { stem, form } => {
                first.stem == *stem
                    || first.stem.starts_with(&**form)
                    || first.form.starts_with(&**form)
            }
            Self::Phrase(stems) => {
                terms.len() >= stems.len()
                    && stems
                        .iter()
                        .zip(terms)
                        .all(|(stem, term)| term.stem == *stem)
            }
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::Word(_) | Self::Prefix { .. } => 1,
            Self::Phrase(stems) => stems.len(),
        }
    }
}

/// A stretch of words around hits.
#[derive(Debug)]
struct Window<'a> {
    words: Range<usize>,
    hits: &'a [Hit],
}

impl Window<'_> {
    /// How many different clauses are met in it.
    fn clauses(&self) -> usize {
        let mut clauses: Vec<usize> = self.hits.iter().map(|hit| hit.clause).collect();
        clauses.sort_unstable();
        clauses.dedup();
        clauses.len()
    }
}

/// Stretches that hold all `hits` of a text of so many `words`, none over
/// another.
fn windows(hits: &[Hit], words: usize) -> Vec<Window<'_>> {
    let mut windows = Vec::new();
    let mut rest = hits;
    let mut free = 0;
    while let Some(first) = rest.first() {
        let start = first.words.start.saturating_sub(BEFORE).max(free);
        let end = (start + WORDS).max(first.words.end).min(words);
        let count = rest.iter().take_while(|hit| hit.words.end <= end).count();
        let (held, others) = rest.split_at(count.max(1));
        let held_end = held.iter().map(|hit| hit.words.end).max().unwrap_or(end);
        // What begins in it and goes on beyond is for the next one.
        let end = match others.first() {
            Some(next) => end.min(next.words.start.max(held_end)),
            None => end,
        };
        windows.push(Window {
            words: start..end,
            hits: held,
        });
        let over = others.iter().take_while(|hit| hit.words.start < end);
        rest = &others[over.count()..];
        free = end;
    }
    windows
}

/// The stretches of text that hits cover, without overlaps.
fn marked<'a>(terms: &[Term], hits: impl Iterator<Item = &'a Range<usize>>) -> Vec<Range<usize>> {
    let mut marked: Vec<Range<usize>> = Vec::new();
    for words in hits {
        let range = terms[words.start].range.start..terms[words.end - 1].range.end;
        match marked.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => marked.push(range),
        }
    }
    marked
}

fn pieces(text: &str, within: Range<usize>, marked: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = within.start;
    for hit in marked {
        if hit.start > done {
            pieces.push(unmarked(&text[done..hit.start]));
        }
        pieces.push(Piece {
            text: text[hit.clone()].to_owned(),
            is_hit: true,
        });
        done = hit.end;
    }
    if within.end > done {
        pieces.push(unmarked(&text[done..within.end]));
    }
    pieces
}

fn unmarked(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        is_hit: false,
    }
}

/// The same with pieces of one kind put together, and line breaks as spaces.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if last.is_hit == piece.is_hit => last.text.push_str(&piece.text),
            _ => joined.push(piece),
        }
    }
    for piece in &mut joined {
        piece.text = on_one_line(&piece.text);
    }
    joined
}

/// `text` with each run of white space as one space.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_whitespace() {
            line.push(letter);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}
