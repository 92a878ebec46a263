//! Where the words of a text stand.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The words of `text` by Unicode's rules (UAX #29, section 4), in order. A
/// word goes on over a zero-width space and an accent that is meant as an
/// apostrophe.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::with_capacity(text.len() / 8);
    let mut place = 0;
    while let Some(word) = next(text, place) {
        place = word.end;
        match words.last_mut() {
            Some(last) if matches!(&text[last.end..word.start], "\u{200b}" | "`" | "\u{b4}") => {
                last.end = word.end;
            }
            _ => words.push(word),
        }
    }
    words
}

/// The first word from `place` on, which is no place inside of a word.
///
/// Most words are letters between spaces: those are found without looking up
/// what Unicode says of each letter.
fn next(text: &str, place: usize) -> Option<Range<usize>> {
    let rest = text[place..].trim_start_matches(is_between);
    let start = text.len() - rest.len();
    if rest.is_empty() {
        return None;
    }
    if let Some(length) = plain_word(rest) {
        return Some(start..start + length);
    }
    let (offset, word) = rest.unicode_word_indices().next()?;
    Some(start + offset..start + offset + word.len())
}

/// How long the word is that `text` begins with, if it is plain letters, and
/// nothing follows that it could go on over.
fn plain_word(text: &str) -> Option<usize> {
    let length = text.find(|letter| !is_plain(letter)).unwrap_or(text.len());
    let mut following = text[length..].chars();
    let ends = match following.next() {
        None | Some(' ' | '\n') => true,
        Some('.' | ',' | ':' | ';' | '!' | '?' | ')') => {
            matches!(following.next(), None | Some(' ' | '\n'))
        }
        Some(_) => false,
    };
    (ends && length > 0).then_some(length)
}

/// Letters that are parted from others by no rule.
const fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}')
}

/// What no word begins with.
const fn is_between(letter: char) -> bool {
    letter.is_ascii() && !letter.is_ascii_alphanumeric() && letter != '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};
    use proptest::{collection::vec, sample::select};
    use unicode_segmentation::UnicodeSegmentation;

    use super::words;

    /// Pieces that rules of Unicode are about.
    const PIECES: [&str; 28] = [
        "a",
        "Word",
        "слова",
        "ў",
        "е\u{301}",
        "é",
        "7",
        "3.5",
        " ",
        "  ",
        "\n",
        ".",
        ",",
        "'",
        "’",
        ":",
        "_",
        "-",
        "\u{ad}",
        "\u{200d}",
        "\u{200f}",
        "🙂",
        "字",
        "カ",
        "ש",
        "\"",
        "(",
        "ʼ",
    ];

    fn texts() -> impl Strategy<Value = String> {
        vec(select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn words_are_those_of_unicode(text in texts()) {
            let words: Vec<&str> = words(&text).into_iter().map(|word| &text[word]).collect();

            let unicode: Vec<&str> = text.unicode_words().collect();
            prop_assert_eq!(words, unicode);
        }
    }

    #[test]
    fn words_go_on_over_what_is_not_seen_or_meant_as_an_apostrophe() {
        let text = "co\u{200b}operate сям`я";

        let words: Vec<&str> = words(text).into_iter().map(|word| &text[word]).collect();

        assert_eq!(words, ["co\u{200b}operate", "сям`я"]);
    }
}
