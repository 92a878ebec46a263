//! Words that say too little to be looked for.

/// Whether a folded word says nothing in the language of `locale`: a short
/// list of pronouns, prepositions, conjunctions, particles and forms of "be".
/// They are in the index; a query leaves them out unless they stand in a
/// phrase, or nothing else is there.
#[must_use]
pub fn is_stop_word(locale: &str, form: &str) -> bool {
    let list: &[&str] = match locale.split('-').next() {
        Some("en") => &ENGLISH,
        Some("be") => &BELARUSIAN,
        Some("ru") => &RUSSIAN,
        _ => &[],
    };
    list.contains(&form)
}

const ENGLISH: [&str; 44] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
    "have", "he", "her", "his", "i", "if", "in", "is", "it", "its", "not", "of", "on", "or", "s",
    "she", "so", "that", "the", "their", "they", "this", "to", "was", "we", "were", "what",
    "which", "with", "you",
];

const BELARUSIAN: [&str; 46] = [
    "а",
    "або",
    "аб",
    "абы",
    "але",
    "без",
    "бо",
    "будзе",
    "бы",
    "быу",
    "была",
    "было",
    "былі",
    "быць",
    "ва",
    "гэта",
    "да",
    "для",
    "до",
    "ды",
    "ж",
    "з",
    "за",
    "і",
    "іх",
    "калі",
    "каб",
    "на",
    "над",
    "не",
    "ні",
    "па",
    "пад",
    "пра",
    "пры",
    "са",
    "так",
    "таксама",
    "то",
    "у",
    "ужо",
    "што",
    "як",
    "яго",
    "яна",
    "яны",
];

const RUSSIAN: [&str; 46] = [
    "а", "без", "бы", "был", "была", "были", "было", "быть", "в", "во", "для", "до", "ее", "ей",
    "ему", "если", "еще", "же", "за", "и", "из", "или", "им", "их", "к", "как", "ко", "ли", "на",
    "не", "ни", "но", "о", "об", "он", "она", "они", "от", "по", "при", "с", "со", "так", "то",
    "что", "это",
];
