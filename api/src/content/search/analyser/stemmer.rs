//! Which stems a locale's words have.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer as Snowball};

use super::fold::{Apostrophe, is_cyrillic, is_latin, without_diacritics};
use super::{belarusian, english, russian};

/// The rules of one locale.
pub(super) struct Stemmer {
    rules: Rules,
    /// Of English words, in texts of any alphabet but the Latin.
    english: Snowball,
    apostrophe: Apostrophe,
}

enum Rules {
    Belarusian,
    Russian(Snowball),
    /// Cyrillic without a stemmer.
    Cyrillic,
    English,
    Other(Snowball),
    /// No stemmer knows the language: folded words are all there is.
    None,
}

impl Stemmer {
    /// The rules of `locale`, by its language.
    pub(super) fn of(locale: &str) -> Self {
        let language = locale.split('-').next().unwrap_or_default();
        let is_latin = locale.split('-').any(|subtag| subtag == "Latn");
        let rules = match language {
            // Their stemmers know the Cyrillic alphabet alone.
            "be" | "ru" | "uk" | "bg" | "mk" | "sr" if is_latin => Rules::None,
            "be" => Rules::Belarusian,
            "ru" => Rules::Russian(Snowball::create(Algorithm::Russian)),
            "uk" | "bg" | "mk" | "sr" => Rules::Cyrillic,
            "en" => Rules::English,
            language => algorithm(language).map_or(Rules::None, |algorithm| {
                Rules::Other(Snowball::create(algorithm))
            }),
        };
        let apostrophe = if matches!(language, "fr" | "it") {
            Apostrophe::Parts
        } else {
            Apostrophe::Joins
        };
        Self {
            rules,
            english: Snowball::create(Algorithm::English),
            apostrophe,
        }
    }

    /// What an apostrophe does in this language.
    pub(super) const fn apostrophe(&self) -> Apostrophe {
        self.apostrophe
    }

    /// The stem of a folded word, of plain letters if they are Latin.
    pub(super) fn stem(&self, word: &str) -> String {
        let stem = match &self.rules {
            Rules::Belarusian if is_cyrillic(word) => belarusian::stem(&belarusian_letters(word)),
            Rules::Russian(russian) if is_cyrillic(word) => {
                russian::stem(russian, &belarusian_letters(word))
            }
            Rules::Belarusian | Rules::Russian(_) | Rules::Cyrillic | Rules::English
                if is_latin(word) =>
            {
                // English knows no diacritics.
                let word = without_diacritics(word);
                self.english.stem(english::regular(&word)).into_owned()
            }
            Rules::Other(stemmer) => stemmer.stem(word).into_owned(),
            _ => word.to_owned(),
        };
        match without_diacritics(&stem) {
            Cow::Borrowed(_) => stem,
            Cow::Owned(plain) => plain,
        }
    }

    /// The folded word as prefixes of it are looked for.
    pub(super) fn form(&self, word: &str) -> String {
        let is_belarusian_or_russian = matches!(self.rules, Rules::Belarusian | Rules::Russian(_));
        if is_belarusian_or_russian && is_cyrillic(word) {
            belarusian_letters(word).into_owned()
        } else {
            without_diacritics(word).into_owned()
        }
    }
}

/// Belarusian letters as those write them who have none.
fn belarusian_letters(word: &str) -> Cow<'_, str> {
    if word.contains('ў') {
        Cow::Owned(word.replace('ў', "у"))
    } else {
        Cow::Borrowed(word)
    }
}

/// The stemmer of a language. Greek has none: that of the crate panics on
/// common words (rust-stemmers 1.2).
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
