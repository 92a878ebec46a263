//! Slugs made of titles.
//!
//! A slug is the title's words in lower case, joined by hyphens. Cyrillic is
//! romanised by ICAO Doc 9303, part 3, section 6, as in passports; Latin
//! letters lose their diacritics. Letters of other scripts stay: an address
//! may hold them.

mod make;
mod romanisation;
mod store;

use icu_locale::Locale;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use romanisation::{Cyrillic, latin};

pub use make::{Wish, make};
pub use store::{Space, forget, former, leave, reserve, taken};

/// Characters of a slug that is made, at most. What tells it from another one
/// may come on top.
const MAX_CHARACTERS: usize = 80;

/// The slug of a title in `locale`: `None` where it has neither a letter nor a
/// digit.
#[must_use]
pub fn slug_of(locale: &str, title: &str) -> Option<String> {
    let cyrillic = Cyrillic::of(locale);
    let normal = ComposingNormalizerBorrowed::new_nfkc().normalize(title);
    let mut words = Words::default();
    for character in lower_case(locale, &normal).chars() {
        if is_passed_over(character) {
            continue;
        }
        match spelled(character, &cyrillic, words.is_at_start()) {
            Some(letters) => words.push(&letters),
            None if character.is_alphanumeric() => words.keep(character),
            None if is_mark(character) => words.mark(character),
            None => words.end(),
        }
    }
    words.join()
}

/// The words of a slug as they come in.
#[derive(Default)]
struct Words {
    done: Vec<String>,
    word: String,
    /// Whether the last letter stands as it was written, and so do the marks
    /// on it.
    kept: bool,
}

impl Words {
    const fn is_at_start(&self) -> bool {
        self.word.is_empty()
    }

    fn push(&mut self, letters: &str) {
        self.word.push_str(letters);
        self.kept = false;
    }

    fn keep(&mut self, character: char) {
        self.word.push(character);
        self.kept = true;
    }

    fn mark(&mut self, mark: char) {
        if self.kept {
            self.word.push(mark);
        }
    }

    fn end(&mut self) {
        if !self.word.is_empty() {
            self.done.push(std::mem::take(&mut self.word));
        }
        self.kept = false;
    }

    /// As many words as fit; of a first one that does not, its beginning.
    fn join(mut self) -> Option<String> {
        self.end();
        let mut words = self.done.into_iter();
        let mut slug: String = words.next()?.chars().take(MAX_CHARACTERS).collect();
        let mut length = slug.chars().count();
        for word in words {
            length += 1 + word.chars().count();
            if length > MAX_CHARACTERS {
                break;
            }
            slug.push('-');
            slug.push_str(&word);
        }
        Some(slug)
    }
}

/// Lower case, with the dotted and the dotless i of Turkic languages.
fn lower_case(locale: &str, text: &str) -> String {
    let turkic = Locale::try_from_str(locale)
        .is_ok_and(|locale| matches!(locale.id.language.as_str(), "tr" | "az"));
    if turkic {
        return text.replace('I', "ı").replace('İ', "i").to_lowercase();
    }
    text.to_lowercase()
}

/// A Cyrillic or a Latin letter in plain Latin ones; `None` for all else.
fn spelled(character: char, cyrillic: &Cyrillic, starts_word: bool) -> Option<String> {
    if character.is_ascii_alphanumeric() {
        return Some(character.to_string());
    }
    if let Some(letters) = cyrillic
        .letter(character, starts_word)
        .or_else(|| latin(character))
    {
        return Some(letters.to_owned());
    }
    // A letter with marks that the tables don't have is what it is without.
    let mut parts = [0_u8; 4];
    let whole = character.encode_utf8(&mut parts);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(whole);
    let base = decomposed
        .chars()
        .next()
        .filter(|base| *base != character)?;
    if base.is_ascii_alphanumeric() {
        return Some(base.to_string());
    }
    let letters = cyrillic.letter(base, starts_word).or_else(|| latin(base))?;
    Some(letters.to_owned())
}

/// What stands in words and is no part of them: apostrophes of all kinds, the
/// soft hyphen, and what only steers how a text is set.
const fn is_passed_over(character: char) -> bool {
    matches!(
        character,
        '\'' | '`'
            | '\u{b4}'
            | '\u{ad}'
            | '\u{2b9}'
            | '\u{2bb}'..='\u{2bd}'
            | '\u{2018}'..='\u{201b}'
            | '\u{2032}'
            | '\u{200b}'
            | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// Whether it stands on the letter before it.
fn is_mark(character: char) -> bool {
    CanonicalCombiningClassMapBorrowed::new().get_u8(character) != 0
}

#[cfg(test)]
mod tests;
