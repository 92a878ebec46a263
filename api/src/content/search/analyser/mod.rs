//! The terms of a text: what is put into the index, and what is looked for.
//!
//! Words are found by Unicode's rules (UAX #29) and parted at punctuation that
//! stands inside of them. Each is folded ([`fold`]), and then stemmed by the
//! rules of the text's locale ([`stemmer`]). Both engines hold exactly these
//! terms, and queries are made of the same.

mod belarusian;
mod english;
mod fold;
mod russian;
mod stemmer;
mod stop_words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use fold::{Apostrophe, fold, is_apostrophe};
use stemmer::Stemmer;
pub use stop_words::is_stop_word;

/// A word of a text, as search compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What all its inflected forms share.
    pub stem: Arc<str>,
    /// The word itself, folded: what a prefix is looked for in.
    pub form: Arc<str>,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

/// The most letters of a word that count. What is longer is cut: no language
/// has such words, and PostgreSQL keeps no term of 2 kB.
const MAX_LETTERS: usize = 64;

/// Makes terms by the rules of one locale.
#[expect(missing_debug_implementations, reason = "a stemmer has none")]
pub struct Analyser {
    stemmer: Stemmer,
    /// Stem and form of words that were seen before: texts repeat theirs.
    known: HashMap<String, (Arc<str>, Arc<str>)>,
}

impl Analyser {
    /// The rules of `locale`.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        Self {
            stemmer: Stemmer::of(locale),
            known: HashMap::new(),
        }
    }

    /// The terms of `text`, in order.
    pub fn terms(&mut self, text: &str) -> Vec<Term> {
        let mut terms = Vec::with_capacity(text.len() / 8);
        for word in words(text) {
            for part in self.parts(text, word) {
                self.add(text, part, &mut terms);
            }
        }
        terms
    }

    /// A word without the punctuation inside of it.
    fn parts(&self, text: &str, word: Range<usize>) -> Vec<Range<usize>> {
        let joins = self.stemmer.apostrophe() == Apostrophe::Joins;
        let mut parts = Vec::with_capacity(1);
        let mut start = word.start;
        for (place, letter) in text[word.clone()].char_indices() {
            let is_part = !letter.is_ascii() || letter.is_ascii_alphanumeric();
            if is_apostrophe(letter) && letter != '\u{2bc}' {
                if joins {
                    continue;
                }
            } else if is_part {
                continue;
            }
            let end = word.start + place;
            parts.push(start..end);
            start = end + letter.len_utf8();
        }
        parts.push(start..word.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn add(&mut self, text: &str, range: Range<usize>, terms: &mut Vec<Term>) {
        let word = &text[range.clone()];
        if let Some((stem, form)) = self.known.get(word) {
            terms.push(Term {
                stem: Arc::clone(stem),
                form: Arc::clone(form),
                range,
            });
            return;
        }
        let folded = fold(word);
        // The compatibility form of a letter may hold punctuation (`℀`).
        let mut parts = folded
            .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .peekable();
        let mut is_whole = true;
        while let Some(part) = parts.next() {
            is_whole &= parts.peek().is_none();
            let part = cut(part);
            let stem: Arc<str> = self.stemmer.stem(possessed(word, part)).into();
            let form: Arc<str> = self.stemmer.form(part).into();
            if is_whole {
                let known = (Arc::clone(&stem), Arc::clone(&form));
                self.known.insert(word.to_owned(), known);
            }
            terms.push(Term {
                stem,
                form,
                range: range.clone(),
            });
        }
    }
}

/// Where the words of `text` stand. A word goes on over a zero-width space and
/// an accent that is meant as an apostrophe.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::with_capacity(text.len() / 8);
    for (start, word) in text.unicode_word_indices() {
        let end = start + word.len();
        match words.last_mut() {
            Some(last) if matches!(&text[last.end..start], "\u{200b}" | "`" | "\u{b4}") => {
                last.end = end;
            }
            _ => words.push(start..end),
        }
    }
    words
}

/// `folded` without the `s` of an English possessive: `boss's` is of `boss`.
fn possessed<'a>(word: &str, folded: &'a str) -> &'a str {
    let mut ending = word.chars().rev();
    let is_possessive = matches!(ending.next(), Some('s' | 'S'))
        && ending.next().is_some_and(is_apostrophe)
        && folded.is_ascii();
    match folded.strip_suffix('s') {
        Some(owner) if is_possessive && !owner.is_empty() => owner,
        _ => folded,
    }
}

fn cut(word: &str) -> &str {
    match word.char_indices().nth(MAX_LETTERS) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}
