//! Stems of Belarusian words.
//!
//! No kept library makes them, so this is a light stemmer of our own, in the
//! manner of Snowball's Russian one: it takes an ending off, and then levels
//! what inflection does to the rest. Its sources are the paradigms of the
//! school grammar, in the orthography of 2008 («Правілы беларускай арфаграфіі
//! і пунктуацыі»): declension and conjugation, consonants that alternate
//! before endings, vowels that change or flee with the stress. A stem is a key,
//! not a word: it is only ever compared with other stems.
//!
//! In order:
//! 1. `-ся` and `-цца` of reflexive verbs go.
//! 2. The longest known ending goes ([`ending`]).
//! 3. The last consonant is levelled ([`level_consonant`]): `рацэ` meets `рака`,
//!    `дарозе` meets `дарога`, `страсе` `страха`, `хаце` `хата`, `вадзе` `вада`,
//!    `люблю` `любіць`.
//! 4. Vowels are levelled ([`level_vowels`]): `рэкі` meets `рака`, `землі` meets
//!    `зямля`, `рынак` meets `рынку`.
//!
//! Word formation stays (`горад` and `гарадскі` do not meet), and so do verbs
//! that change their root, but for the few of [`level_consonant`].

mod endings;

use endings::{
    CHANGED, LONGER_STEM, NOT_ADJECTIVES, NOUNS_IN_IYA, OF_MANY, OTHERS, VERBS, WITHOUT_ENDING,
};

/// The stem of a word that is in lower case, with `е` for `ё` and `у` for `ў`,
/// without apostrophes.
pub(super) fn stem(word: &str) -> String {
    let mut letters = spelled(word);
    strip_reflexive(&mut letters);
    let ending = ending(&letters);
    let rest = letters.len() - ending;
    let ending = letters.split_off(rest);
    drop_last_vowel(&mut letters);
    let is_soft =
        letters.last() == Some(&'ь') || matches!(ending.first(), Some('е' | 'і' | 'я' | 'ю' | 'ь'));
    letters.retain(|letter| *letter != 'ь');
    let keeps_vowel =
        NOUNS_IN_IYA.iter().any(|known| is(&ending, known)) && !is_of_adjective(&letters);
    let is_soft = !strip_suffix(&mut letters, &ending) && is_soft;
    let was_hard = level_consonant(&mut letters, &ending, is_soft);
    drop_fleeting_vowel(&mut letters, was_hard);
    level_vowels(&mut letters);
    if keeps_vowel {
        letters.push('і');
    }
    letters.into_iter().collect()
}

/// Words that change before their ending: how they begin, and how the same
/// word begins elsewhere.
const BEGINNINGS: [(&str, &str); 3] = [("возер", "азер"), ("вокн", "акн"), ("вобласц", "абласц")];

/// The letters of `word`, with `в` for what `ў` was: the two alternate.
fn spelled(word: &str) -> Vec<char> {
    let changed = CHANGED.iter().find(|(_, forms)| forms.contains(&word));
    if let Some((known, _)) = changed {
        return known.chars().collect();
    }
    let changed = BEGINNINGS.iter().find_map(|(from, to)| {
        let rest = word.strip_prefix(from)?;
        Some(to.chars().chain(rest.chars()).collect())
    });
    let mut letters: Vec<char> = changed.unwrap_or_else(|| word.chars().collect());
    for place in 1..letters.len() {
        if letters[place] == 'у' && is_vowel(letters[place - 1]) && letters[place - 1] != 'у' {
            letters[place] = 'в';
        }
    }
    letters
}

fn strip_reflexive(letters: &mut Vec<char>) {
    if letters.len() < 6 {
        return;
    }
    if ends(letters, "цца") {
        letters.truncate(letters.len() - 3);
        letters.extend(['ц', 'ь']);
    } else if ends(letters, "ся") {
        let before = letters[letters.len() - 3];
        // `Палесся`, `карася` are nouns.
        if is_vowel(before) || matches!(before, 'в' | 'м' | 'ш' | 'й' | 'ь') {
            letters.truncate(letters.len() - 2);
        }
    }
}

/// How many letters the longest known ending has; 0: there is none.
///
/// Two letters must stay, with a vowel unless the ending is a single letter;
/// three before an ending of a verb, or one that many stems end in.
fn ending(letters: &[char]) -> usize {
    if WITHOUT_ENDING.iter().any(|noun| is(letters, noun)) {
        return 0;
    }
    let others = OTHERS.iter().filter(|known| ends(letters, known));
    let others = others.map(|known| (known, known.chars().count()));
    let others = others.filter(|(known, length)| {
        let stem = &letters[..letters.len().saturating_sub(*length)];
        let least = if LONGER_STEM.contains(known) { 3 } else { 2 };
        stem.len() >= least
            && (*length == 1 || stem.iter().copied().any(is_vowel))
            && !(matches!(**known, "ага" | "ога" | "аму")
                && NOT_ADJECTIVES.iter().any(|noun| ends(letters, noun)))
    });
    let verbs = VERBS.iter().flat_map(|(before, endings)| {
        let endings = endings.iter().filter(|known| ends(letters, known));
        endings.filter_map(move |known| {
            let stem = letters.len() - known.chars().count();
            before
                .iter()
                .filter(|vowel| ends(&letters[..stem], vowel))
                .map(|vowel| known.chars().count() + vowel.chars().count())
                .max()
        })
    });
    let verbs = verbs.filter(|length| letters.len() >= length + 3);
    let others = others.map(|(_, length)| length);
    others.chain(verbs).max().unwrap_or(0)
}

/// Nouns such as `музей`, `падзея` have a vowel before their ending, which
/// other forms seem to lose with it.
fn drop_last_vowel(letters: &mut Vec<char>) {
    if letters.len() >= 4 && matches!(letters.last(), Some('а' | 'о' | 'е' | 'э' | 'я')) {
        letters.pop();
    }
}

/// Take off what nouns and adjectives end in that verbs lose with their
/// ending (`чытала`, `канала`; `будаваць`, `асновы`), so that all forms meet.
/// Whether there was such a suffix.
fn strip_suffix(letters: &mut Vec<char>, ending: &[char]) -> bool {
    const SUFFIXES: [&str; 11] = [
        "ал", "ял", "ел", "эл", "іл", "ыл", "ул", "ав", "яв", "ов", "ев",
    ];
    let already = OF_MANY.iter().any(|known| is(ending, known));
    // Without `-ов-` short stems would be those of other words: `сталовы`.
    let least = if letters.last() == Some(&'в') { 7 } else { 5 };
    let found = letters.len() >= least && SUFFIXES.iter().any(|suffix| ends(letters, suffix));
    if already || !found {
        return false;
    }
    letters.truncate(letters.len() - 2);
    true
}

/// Level the last consonant of a stem. Whether it was a hard `ц`.
fn level_consonant(letters: &mut Vec<char>, ending: &[char], is_soft: bool) -> bool {
    let doubled = undouble(letters);
    if letters.len() >= 4
        && letters.last() == Some(&'л')
        && matches!(letters[letters.len() - 2], 'б' | 'п' | 'в' | 'м' | 'ф')
    {
        letters.pop();
    }
    let last = letters.len().saturating_sub(1);
    let mut was_hard = false;
    if ends(letters, "ддз") {
        letters.truncate(last - 1);
    } else if ends(letters, "дз") || (ends(letters, "дж") && ending == ['у']) {
        letters.truncate(last);
    } else if ends(letters, "ц") && !doubled {
        was_hard = !is_soft;
        letters[last] = if is_soft { 'т' } else { 'к' };
    } else if ends(letters, "г") || ends(letters, "каж") {
        letters[last] = 'з';
    } else if ends(letters, "х") || ends(letters, "піш") {
        letters[last] = 'с';
    }
    was_hard
}

/// Write a doubled last consonant once (`пытанне`). Whether it was doubled.
fn undouble(letters: &mut Vec<char>) -> bool {
    let doubled = matches!(letters.as_slice(), [_, .., one, other]
        if one == other && !is_vowel(*other));
    if doubled {
        letters.pop();
    }
    doubled
}

/// Drop the vowel that flees from before the last consonant when an ending
/// follows: `рынак`, `рынку`; `вецер`, `ветру`; `палец`, `пальца`.
fn drop_fleeting_vowel(letters: &mut Vec<char>, was_hard: bool) {
    let [.., before, vowel, last] = *letters.as_slice() else {
        return;
    };
    let flees = if was_hard {
        matches!(vowel, 'е' | 'э')
    } else {
        matches!(vowel, 'а' | 'о' | 'е' | 'э')
    };
    let vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    if !flees || vowels < 2 || is_vowel(before) || !matches!(last, 'к' | 'л' | 'р' | 'н' | 'в')
    {
        return;
    }
    letters.truncate(letters.len() - 2);
    // What was soft before the vowel is hard without it.
    if ends(letters, "дз") {
        letters.pop();
    } else if before == 'ц' {
        letters.pop();
        letters.push('т');
    }
    letters.push(last);
}

/// Write vowels as they are without stress: `о` and `э` as `а`, `е` as `я`. An
/// `о` in the last of several syllables stays, since there it is stressed
/// throughout (`народ`, but `нарада`).
fn level_vowels(letters: &mut [char]) {
    let vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    let last = letters.iter().rposition(|letter| is_vowel(*letter));
    for (place, letter) in letters.iter_mut().enumerate() {
        *letter = match *letter {
            'о' if vowels < 2 || last != Some(place) => 'а',
            'э' => 'а',
            'е' => 'я',
            same => same,
        };
    }
}

/// Whether a stem before `-ія` may be that of an adjective (`дарагія`,
/// `апошнія`) rather than of a noun (`Расія`, `лінія`).
fn is_of_adjective(letters: &[char]) -> bool {
    match letters {
        [.., 'к' | 'г' | 'х'] => true,
        [.., before, 'н'] => !is_vowel(*before) || is(letters, "сін"),
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'і' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

fn ends(letters: &[char], end: &str) -> bool {
    let mut end = end.chars().rev();
    let mut letters = letters.iter().rev();
    end.all(|letter| letters.next() == Some(&letter))
}

fn is(letters: &[char], text: &str) -> bool {
    letters.iter().copied().eq(text.chars())
}

#[cfg(test)]
mod tests {
    use super::super::Analyser;
    use std::sync::Arc;

    const PAIRS: &str = include_str!("../../../../../tests/content/search/belarusian_pairs.tsv");
    const UNSEEN: &str =
        include_str!("../../../../../tests/content/search/belarusian_pairs_unseen.tsv");
    const STRANGERS: &str =
        include_str!("../../../../../tests/content/search/belarusian_strangers.tsv");

    fn stem(word: &str) -> Arc<str> {
        let terms = Analyser::of("be").terms(word);
        Arc::clone(&terms[0].stem)
    }

    /// How many of the labelled pairs share a stem, of how many.
    fn meeting(list: &str) -> (usize, usize) {
        let pairs: Vec<(&str, &str)> = list
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut words = line.split('\t');
                Some((words.next()?, words.next()?))
            })
            .collect();
        let meeting = pairs.iter().filter(|(one, other)| stem(one) == stem(other));
        (meeting.count(), pairs.len())
    }

    #[test]
    fn forms_of_a_belarusian_word_share_its_stem() {
        let (meeting, pairs) = meeting(PAIRS);

        assert!(pairs >= 200, "{pairs} pairs");
        assert!(meeting * 1000 >= pairs * 995, "{meeting} of {pairs}");
    }

    #[test]
    fn forms_of_words_that_no_rule_was_made_for_do_as_well() {
        let (meeting, pairs) = meeting(UNSEEN);

        assert!(pairs >= 200, "{pairs} pairs");
        assert!(meeting * 1000 >= pairs * 985, "{meeting} of {pairs}");
    }

    #[test]
    fn belarusian_words_that_look_alike_have_stems_of_their_own() {
        let (meeting, pairs) = meeting(STRANGERS);

        assert!(pairs >= 200, "{pairs} pairs");
        assert!(meeting * 1000 <= pairs * 50, "{meeting} of {pairs}");
    }
}
