//! The endings of Belarusian words, with `е` for `ё`, and `в` for `ў`.

/// Endings of nouns and adjectives, and those of verbs without a vowel of
/// their stem.
pub(super) const OTHERS: [&str; 87] = [
    // Nouns of all declensions.
    "й", "а", "я", "о", "е", "э", "у", "ю", "ы", "і", "ам", "ям", "ом", "ем", "эм", "ой", "ей",
    "эй", "ай", "яй", "ою", "ею", "аю", "яю", "эю", "ав", "яв", "ов", "ев", "ах", "ях", "амі",
    "ямі", "омі", "емі", "мі", "ыма", // Nouns in -ія and -ыя.
    "ія", "ыя", "іі", "ыі", "ію", "ыю", "ій", "ый", "іяй", "ыяй", "іяю", "ыяю", "іям", "ыям",
    "іях", "ыях", "іямі", "ыямі", "іяв", "ыяв", // Adjectives, participles, ordinals.
    "ага", "яга", "ога", "ега", "аму", "яму", "ому", "ему", "ая", "яя", "ое", "ае", "яе", "ее",
    "ую", "юю", "ых", "іх", "ым", "ім", "ымі", "імі",
    // Verbs of the second conjugation.
    "уць", "юць", "ыш", "іш", "аш", "эш", "еш", "ець",
];

/// Endings that need a longer stem: many stems end like them.
pub(super) const LONGER_STEM: [&str; 9] = ["ав", "яв", "ов", "ев", "ай", "яй", "ей", "эй", "ой"];

/// Those of the plural, which hold what else would be a suffix.
pub(super) const OF_MANY: [&str; 4] = ["ав", "яв", "ов", "ев"];

/// Endings of nouns in -ія that keep the `і`, unless it is an adjective's.
pub(super) const NOUNS_IN_IYA: [&str; 9] =
    ["ія", "іі", "ію", "ій", "іяй", "іям", "іях", "іямі", "іяв"];

/// Nouns that end like adjectives in -ога, -ага, -аму.
pub(super) const NOT_ADJECTIVES: [&str; 15] = [
    "дарога",
    "мога",
    "трывога",
    "падлога",
    "бярлога",
    "залога",
    "берага",
    "ворага",
    "архіпелага",
    "ачага",
    "рычага",
    "праграму",
    "рэкламу",
    "панараму",
    "дыяграму",
];

/// Nouns without an ending that end like those with one.
pub(super) const WITHOUT_ENDING: [&str; 9] = [
    "паром",
    "альбом",
    "дыплом",
    "сімптом",
    "рэжым",
    "атам",
    "праграм",
    "рэклам",
    "панарам",
];

/// Words of which some forms change too much: the forms, and what has the
/// stem of them all.
pub(super) const CHANGED: [(&str, &[&str]); 2] = [
    (
        "дзень",
        &["дня", "дню", "днем", "дні", "днях", "днямі", "дзен"],
    ),
    // `сям'я`: not to be one with `сем`.
    (
        "сямйа",
        &[
            "сямя",
            "сямю",
            "сямі",
            "сямею",
            "сямей",
            "семі",
            "семяу",
            "семям",
            "семямі",
            "семях",
        ],
    ),
];

/// Endings of verbs after the vowel or the suffix of their stem, which goes
/// with them.
pub(super) const VERBS: [(&[&str], &[&str]); 4] = [
    // Infinitive, past, gerund.
    (
        &["а", "я", "е", "э", "і", "ы", "у", "о"],
        &["ць", "в", "ла", "лі", "ло", "вшы"],
    ),
    // Present, imperative, gerund.
    (&["а", "я", "е", "э"], PRESENT),
    // The same of those in -аваць, -яваць: `працую`.
    (&["у", "ю"], PRESENT),
    (
        &["ав", "яв"],
        &["аць", "ав", "ала", "алі", "ало", "аны", "авшы"],
    ),
];

const PRESENT: &[&str] = &["ю", "еш", "е", "ем", "еце", "юць", "ець", "й", "йце", "ючы"];
