//! English words whose forms no stemmer brings together.

mod degrees;
mod irregular;

use degrees::DEGREES;
use irregular::IRREGULAR;

/// The word whose form a folded word is, for irregular nouns and verbs that
/// news are full of, and for degrees of adjectives; the word itself for all others. Forms that are words of
/// their own as well (`left`, `saw`, `found`, `ground`) are left alone.
pub(super) fn regular(word: &str) -> &str {
    let tables: [&[(&str, &str)]; 2] = [&IRREGULAR, &DEGREES];
    let found = tables.into_iter().find_map(|table| {
        let place = table.binary_search_by_key(&word, |(form, _)| form).ok()?;
        table.get(place)
    });
    found.map_or(word, |(_, regular)| regular)
}

#[cfg(test)]
mod tests {
    use super::{DEGREES, IRREGULAR, regular};

    #[test]
    fn irregular_forms_are_known_and_sorted() {
        assert!(IRREGULAR.is_sorted());
        assert!(DEGREES.is_sorted());
        assert_eq!(regular("wolves"), "wolf");
        assert_eq!(regular("hypotheses"), "hypothesis");
        assert_eq!(regular("swum"), "swim");
        assert_eq!(regular("hungriest"), "hungry");
        assert_eq!(regular("thinner"), "thin");
        assert_eq!(regular("froze"), "freeze");
        assert_eq!(regular("women"), "woman");
        assert_eq!(regular("water"), "water");
    }
}
