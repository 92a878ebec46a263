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
mod words;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use fold::{Apostrophe, fold, is_apostrophe};
use stemmer::Stemmer;
pub use stop_words::is_stop_word;
use words::words;

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
    locale: String,
    /// What [`KNOWN`] had of the locale, until it is put back.
    known: Known,
}

/// Stem and form of words that were seen before.
type Known = HashMap<String, (Arc<str>, Arc<str>)>;

/// The most words of a locale that a thread remembers: half a megabyte. None
/// is longer than [`MAX_LETTERS`] bytes.
const MAX_KNOWN: usize = 4000;

thread_local! {
    /// The words of each locale that this thread has seen. Texts repeat theirs,
    /// and stemming is most of the work.
    static KNOWN: RefCell<HashMap<String, Known>> = RefCell::default();
}

impl Drop for Analyser {
    fn drop(&mut self) {
        let (locale, known) = (
            std::mem::take(&mut self.locale),
            std::mem::take(&mut self.known),
        );
        // A thread that ends has nothing left to remember it in.
        let _ = KNOWN.try_with(|all| all.borrow_mut().insert(locale, known));
    }
}

impl Analyser {
    /// The rules of `locale`.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        Self {
            stemmer: Stemmer::of(locale),
            locale: locale.to_owned(),
            known: KNOWN
                .try_with(|all| all.borrow_mut().remove(locale))
                .unwrap_or_default()
                .unwrap_or_default(),
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
            let stem = self.stemmer.stem(possessed(word, part));
            let form = self.stemmer.form(part);
            // A term is never empty: neither index could hold it.
            let [stem, form] = [stem, form].map(|term| -> Arc<str> {
                if term.is_empty() {
                    part.into()
                } else {
                    term.into()
                }
            });
            if is_whole && word.len() <= MAX_LETTERS && self.known.len() < MAX_KNOWN {
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

#[cfg(test)]
mod tests {
    use super::Analyser;

    /// The stems, forms and places of a text's terms.
    fn terms<'a>(locale: &str, text: &'a str) -> Vec<(String, String, &'a str)> {
        let terms = Analyser::of(locale).terms(text).into_iter();
        let terms = terms.map(|term| {
            let place = &text[term.range];
            (term.stem.to_string(), term.form.to_string(), place)
        });
        terms.collect()
    }

    fn stems(locale: &str, text: &str) -> Vec<String> {
        let terms = terms(locale, text).into_iter();
        terms.map(|(stem, _, _)| stem).collect()
    }

    #[test]
    fn a_term_has_a_stem_a_form_and_a_place() {
        assert_eq!(
            terms("en", "The “Cafés”, waiting."),
            [
                ("the".into(), "the".into(), "The"),
                ("cafe".into(), "cafes".into(), "Cafés"),
                ("wait".into(), "waiting".into(), "waiting"),
            ]
        );
    }

    #[test]
    fn punctuation_inside_a_word_parts_it_and_apostrophes_do_not() {
        assert_eq!(
            stems("en", "example.org 3.5 a_b"),
            ["exampl", "org", "3", "5", "a", "b"]
        );
        assert_eq!(stems("be", "сям'я сям’я сямʼя сям`я сям´я"), ["сямй"; 5]);
        assert_eq!(stems("en", "can't boss's"), ["cant", "boss"]);
        assert_eq!(stems("fr", "l’été l'été"), ["l", "ete", "l", "ete"]);
    }

    #[test]
    fn words_have_the_rules_of_their_alphabet() {
        assert_eq!(stems("ru", "sanctions санкции"), ["sanction", "санкц"]);
        assert_eq!(stems("be", "sanctions санкцыі"), ["sanction", "санкк"]);
        assert_eq!(stems("en", "санкции"), ["санкции"]);
        assert_eq!(stems("de", "Häuser Straße"), ["haus", "strass"]);
        assert_eq!(stems("be-tarask", "вадзе"), stems("be", "вада"));
        assert_eq!(stems("xx", "Naïve МІР"), ["naive", "мір"]);
    }

    #[test]
    fn what_is_not_seen_and_marks_of_stress_make_no_difference() {
        for text in [
            "за\u{301}мка",
            "зам\u{ad}ка",
            "\u{200f}за\u{200d}мка\u{202c}",
            "замка\u{301}",
        ] {
            assert_eq!(stems("ru", text), stems("ru", "замка"), "{text:?}");
        }
        assert_eq!(stems("ru", "и\u{306}од"), stems("ru", "йод"));
        assert_eq!(stems("ru", "ёлка"), stems("ru", "елка"));
        assert_eq!(stems("be", "ў"), stems("be", "у"));
        assert_eq!(stems("ar", "كِتَاب"), stems("ar", "كتاب"));
    }

    #[test]
    fn no_term_is_empty_whatever_the_language_and_the_letters() {
        let letters = (0..0x3000).filter_map(char::from_u32);
        let words: Vec<String> = letters
            .flat_map(|letter| [letter.to_string(), format!("{letter}{letter}s")])
            .collect();
        for locale in [
            "ar", "be", "de", "el", "en", "fi", "fr", "ru", "ta", "tr", "xx",
        ] {
            for (stem, form, word) in terms(locale, &words.join(" ")) {
                assert!(!stem.is_empty() && !form.is_empty(), "{locale} {word:?}");
            }
        }
    }

    #[test]
    fn a_word_that_is_too_long_is_cut() {
        assert_eq!(stems("xx", &"ы".repeat(1000)), ["ы".repeat(64)]);
    }
}
