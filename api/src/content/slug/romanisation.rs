//! Cyrillic and Latin letters in the 26 of ASCII.

use icu_locale::Locale;

/// The romanisation of one language's Cyrillic: ICAO Doc 9303, part 3, section
/// 6 B, in lower case.
///
/// One entry is not followed: the table gives H for a Serbian Г, which every
/// Serbian spells G. What it lacks is added by its pattern: Ћ as C, Ѓ beside Ғ.
pub(super) struct Cyrillic(Language);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Belarusian,
    Bulgarian,
    Macedonian,
    Serbian,
    Ukrainian,
    Other,
}

impl Cyrillic {
    /// The romanisation for texts in `locale`.
    pub(super) fn of(locale: &str) -> Self {
        let locale = Locale::try_from_str(locale).ok();
        let language = locale.as_ref().map(|locale| locale.id.language.as_str());
        Self(match language {
            Some("be") => Language::Belarusian,
            Some("bg") => Language::Bulgarian,
            Some("mk") => Language::Macedonian,
            Some("sr" | "bs" | "sh" | "cnr") => Language::Serbian,
            Some("uk") => Language::Ukrainian,
            _ => Language::Other,
        })
    }

    /// A small letter; `None` if it is none of the table. The soft sign is
    /// nothing.
    pub(super) const fn letter(&self, letter: char, starts_word: bool) -> Option<&'static str> {
        if let Some(own) = self.own(letter, starts_word) {
            return Some(own);
        }
        Some(match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' | 'ғ' | 'ѓ' => "g",
            'д' | 'ђ' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'й' | 'і' | 'ї' => "i",
            'к' | 'ќ' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' | 'ў' | 'ѫ' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'є' => "ie",
            'ы' | 'ѵ' => "y",
            'ь' => "",
            'ю' => "iu",
            'я' => "ia",
            'ѕ' | 'џ' => "dz",
            'ј' => "j",
            'љ' => "lj",
            'њ' => "nj",
            'ћ' | 'һ' => "c",
            _ => return None,
        })
    }

    /// A letter that this language spells in its own way.
    const fn own(&self, letter: char, starts_word: bool) -> Option<&'static str> {
        Some(match (self.0, letter) {
            (Language::Belarusian | Language::Ukrainian, 'г') => "h",
            (Language::Belarusian, 'ё') => "io",
            (Language::Bulgarian, 'щ') => "sht",
            (Language::Macedonian, 'ѓ' | 'ғ') => "gj",
            (Language::Macedonian, 'ќ') => "kj",
            (Language::Macedonian, 'џ') => "dj",
            (Language::Macedonian | Language::Serbian, 'х') => "h",
            (Language::Macedonian | Language::Serbian, 'ц') => "c",
            (Language::Serbian, 'ж') => "z",
            (Language::Serbian, 'ч') => "c",
            (Language::Serbian, 'ш') => "s",
            (Language::Ukrainian, 'и') => "y",
            (Language::Ukrainian, 'є') if starts_word => "ye",
            (Language::Ukrainian, 'ї') if starts_word => "yi",
            (Language::Ukrainian, 'й') if starts_word => "y",
            (Language::Ukrainian, 'ю') if starts_word => "yu",
            (Language::Ukrainian, 'я') if starts_word => "ya",
            _ => return None,
        })
    }
}

/// A small Latin letter that is no plain one with marks; `None` for all
/// others.
pub(super) const fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' | 'ǽ' => "ae",
        'œ' => "oe",
        'ø' | 'ǿ' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "q",
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' | 'ɛ' => "e",
        'ɓ' => "b",
        'ɗ' => "d",
        'ƙ' => "k",
        'ɔ' => "o",
        'ƴ' => "y",
        'ƶ' => "z",
        _ => return None,
    })
}
