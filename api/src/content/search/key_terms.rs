//! The words that tell most of a text: what articles are compared by.

use std::collections::HashMap;
use std::sync::Arc;

use super::analyser::{Analyser, is_stop_word};

/// The most key terms of a text.
pub const MOST: usize = 12;

/// How much a word counts in the title, the lead and the body.
const WEIGHTS: [u32; 3] = [4, 2, 1];

/// Shorter stems are mostly particles, whatever the language.
const MIN_LETTERS: usize = 3;

/// The stems that tell most of a text, at most [`MOST`]: those that come most
/// often, each time in the title like four times in the body, and in the lead
/// like twice. Of those that count as much, the first in the text. Stop words,
/// numbers and stems of less than three letters are none. `body` is plain text.
#[must_use]
pub fn key_terms(locale: &str, title: &str, lead: &str, body: &str) -> Vec<String> {
    let mut analyser = Analyser::of(locale);
    // What each stem counts, and how many came before it.
    let mut counts: HashMap<Arc<str>, (u32, usize)> = HashMap::new();
    for (text, weight) in [title, lead, body].into_iter().zip(WEIGHTS) {
        for term in analyser.terms(text) {
            if !tells(locale, &term.stem, &term.form) {
                continue;
            }
            let before = counts.len();
            let (count, _) = counts.entry(term.stem).or_insert((0, before));
            *count = count.saturating_add(weight);
        }
    }
    let mut terms: Vec<(Arc<str>, (u32, usize))> = counts.into_iter().collect();
    terms.sort_unstable_by_key(|(_, (count, before))| (u32::MAX - count, *before));
    terms.truncate(MOST);
    terms
        .into_iter()
        .map(|(stem, _)| stem.to_string())
        .collect()
}

fn tells(locale: &str, stem: &str, form: &str) -> bool {
    !is_stop_word(locale, form)
        && !stem.contains(char::is_numeric)
        && stem.chars().nth(MIN_LETTERS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::{MOST, key_terms};

    #[test]
    fn a_word_in_the_title_counts_like_four_in_the_body() {
        let terms = key_terms(
            "en",
            "Wells",
            "Ice, roads",
            "Rain rain rain rain rain. Snow. Roads! The wells of the town.",
        );

        assert_eq!(terms[..4], ["well", "rain", "road", "ice"]);
    }

    #[test]
    fn inflected_forms_are_one_term() {
        assert_eq!(key_terms("ru", "Вода", "воды", "водой"), ["вод"]);
        assert_eq!(key_terms("be", "Дарога", "дарогі", "дарогай").len(), 1);
    }

    #[test]
    fn stop_words_numbers_and_short_stems_tell_nothing() {
        let terms = key_terms("en", "The 2021 of 4x4", "it is an ox", "we");

        assert_eq!(terms, [""; 0]);
    }

    #[test]
    fn there_are_a_dozen_at_most_and_those_that_tie_come_as_in_the_text() {
        let body = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike";

        let terms = key_terms("de", "", "", body);

        assert_eq!(terms.len(), MOST);
        assert_eq!(terms.first().map(String::as_str), Some("alpha"));
        assert_eq!(terms.last().map(String::as_str), Some("lima"));
    }
}
