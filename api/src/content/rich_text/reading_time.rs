//! How long a text takes to read.

/// Words a minute of a language, where its readers were measured.
///
/// English: M. Brysbaert, "How many words do we read per minute?", Journal of
/// Memory and Language 109 (2019): non-fiction, read in silence. All others:
/// S. Trauzettel-Klosinski and K. Dietz, "Standardized assessment of reading
/// performance: the new International Reading Speed Texts IReST",
/// Investigative Ophthalmology & Visual Science 53 (2012), which measured
/// reading aloud: in silence people are somewhat faster. Belarusian and
/// Ukrainian were not measured, and are taken to be as Russian, whose words
/// are as long. Of Chinese and Japanese it is characters a minute, as
/// [`count_words`](super::text::count_words) takes each for a word.
const WORDS_A_MINUTE: [(&str, u32); 19] = [
    ("ar", 138),
    ("be", 184),
    ("de", 179),
    ("en", 238),
    ("es", 218),
    ("fi", 161),
    ("fr", 195),
    ("he", 187),
    ("it", 188),
    ("ja", 357),
    ("nl", 202),
    ("pl", 166),
    ("pt", 181),
    ("ru", 184),
    ("sl", 180),
    ("sv", 199),
    ("tr", 166),
    ("uk", 184),
    ("zh", 255),
];

/// The mean over the 17 languages of IReST.
const OTHERWISE: u32 = 184;

/// How many minutes a text of so many words in `locale` takes, rounded up: 0
/// only for one without words.
#[must_use]
pub fn minutes(words: i32, locale: &str) -> i32 {
    let language = locale.split('-').next().unwrap_or_default();
    let speed = WORDS_A_MINUTE
        .iter()
        .find(|(known, _)| *known == language)
        .map_or(OTHERWISE, |(_, speed)| *speed);
    i32::try_from(words.unsigned_abs().div_ceil(speed)).unwrap_or(i32::MAX)
}
