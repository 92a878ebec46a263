//! Letters as search compares them.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Whether what is spelled with an apostrophe is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apostrophe {
    /// It is (`сям'я`, `can't`): the apostrophe is left out.
    Joins,
    /// Two words (`l'été`, `dell'arte`).
    Parts,
}

/// What stands for an apostrophe in texts.
pub(super) const fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}'
    )
}

/// `word` in lower case and compatibility form (NFKC), without apostrophes,
/// marks of stress, vowel points, and what is not seen; `е` for `ё`.
pub(super) fn fold(word: &str) -> String {
    // The compatibility form of an acute accent alone is a space and a mark.
    let word = &*if word.contains('\u{b4}') {
        Cow::Owned(word.replace('\u{b4}', ""))
    } else {
        Cow::Borrowed(word)
    };
    let word = if word.chars().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        ComposingNormalizerBorrowed::new_nfkc().normalize(word)
    };
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        for letter in letter.to_lowercase() {
            match letter {
                'ё' | 'ѐ' => folded.push('е'),
                'ѝ' => folded.push('и'),
                letter if is_dropped(letter) => {}
                letter => folded.push(letter),
            }
        }
    }
    folded
}

/// `word` with the plain letters of the Latin alphabet: `cafe` for `café`.
pub(super) fn without_diacritics(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !is_latin(word) {
        return Cow::Borrowed(word);
    }
    let mut plain = String::with_capacity(word.len());
    for letter in DecomposingNormalizerBorrowed::new_nfd()
        .normalize(word)
        .chars()
    {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            letter => plain.push(letter),
        }
    }
    Cow::Owned(plain)
}

/// Whether a folded word is of the Cyrillic alphabet.
pub(super) fn is_cyrillic(word: &str) -> bool {
    word.chars()
        .all(|letter| matches!(letter, '\u{400}'..='\u{52f}'))
}

/// Whether a folded word is of the Latin alphabet, with any diacritics.
pub(super) fn is_latin(word: &str) -> bool {
    word.chars().all(|letter| {
        letter.is_ascii_alphabetic()
            || matches!(letter, '\u{df}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
    })
}

/// What the compatibility form leaves as it is, whatever stands around it.
const fn is_plain(letter: char) -> bool {
    letter.is_ascii() || matches!(letter, '\u{400}'..='\u{45f}' | '\u{2019}' | '\u{2bc}')
}

/// What says nothing about which word it is.
const fn is_dropped(letter: char) -> bool {
    is_apostrophe(letter)
        || matches!(
            letter,
            // Stress on a Cyrillic letter: those that are part of a letter
            // (й, ў, é) are composed with it by now.
            '\u{300}' | '\u{301}'
            // Soft hyphen; zero-width and bidirectional controls; variation
            // selectors.
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
            // Points of Hebrew and Arabic, and the stretched line.
            | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
            | '\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        )
}
