//! Stems of Russian words: Snowball's, with what it leaves apart brought
//! together.
//!
//! Snowball takes endings off. It leaves a vowel that flees before an ending
//! (`рынок`, `рынка`), the suffix of verbs that the present loses
//! (`голосовать`, `голосует`), and takes for an ending what some nouns end in
//! (`паром`). A stem is a key, not a word.

use rust_stemmers::Stemmer as Snowball;

/// Nouns without an ending that end like those with one.
const WITHOUT_ENDING: [&str; 12] = [
    "альбом",
    "атом",
    "диплом",
    "заем",
    "объем",
    "паром",
    "перелом",
    "подъем",
    "прием",
    "режим",
    "симптом",
    "экзамен",
];

/// Words whose root changes before endings: the stem that all forms have, and
/// the forms.
const CHANGED: [(&str, &[&str]); 3] = [
    (
        "лед",
        &[
            "льда",
            "льду",
            "льдом",
            "льде",
            "льды",
            "льдов",
            "льдам",
            "льдами",
            "льдах",
        ],
    ),
    ("лен", &["льна", "льну", "льном", "льне"]),
    (
        "день",
        &[
            "дня",
            "дню",
            "днем",
            "дне",
            "дни",
            "дней",
            "дням",
            "днями",
            "днях",
        ],
    ),
];

/// The stem of a word that is in lower case, with `е` for `ё`.
pub(super) fn stem(snowball: &Snowball, word: &str) -> String {
    if WITHOUT_ENDING.contains(&word) {
        return word.to_owned();
    }
    let changed = CHANGED.iter().find(|(_, forms)| forms.contains(&word));
    let word = changed.map_or(word, |(alone, _)| alone);
    let mut letters: Vec<char> = snowball.stem(word).chars().collect();
    strip_suffix(&mut letters);
    drop_fleeting_vowel(&mut letters);
    letters.into_iter().collect()
}

/// Take `-ова-`, `-ева-` of verbs off: `голосова(ть)` is `голос(ует)`.
fn strip_suffix(letters: &mut Vec<char>) {
    if letters.len() >= 6 && matches!(letters.as_slice(), [.., 'о' | 'е', 'в', 'а']) {
        letters.truncate(letters.len() - 3);
    }
}

/// Drop the vowel that flees from before the last consonant when an ending
/// follows: `плёнок`, `плёнка`; `конец`, `конца`; `ветер`, `ветра`.
fn drop_fleeting_vowel(letters: &mut Vec<char>) {
    let [.., before, 'о' | 'е', last @ ('к' | 'ц' | 'н' | 'р' | 'л')] = *letters.as_slice()
    else {
        return;
    };
    let vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    if vowels < 2 || is_vowel(before) {
        return;
    }
    letters.truncate(letters.len() - 2);
    // `сестёр`, `сестра`; `писем`, `письма` keep no soft sign either.
    if before == 'ь' {
        letters.pop();
    }
    letters.push(last);
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

#[cfg(test)]
mod tests {
    use rust_stemmers::{Algorithm, Stemmer as Snowball};

    use super::stem;

    #[test]
    fn what_snowball_leaves_apart_meets() {
        let snowball = Snowball::create(Algorithm::Russian);
        for forms in [
            &["паром", "парома", "паромы", "паромом"][..],
            &["рынок", "рынка", "рынки"],
            &["пленка", "пленок", "пленками"],
            &["конец", "конца"],
            &["ветер", "ветра"],
            &["окно", "окон", "окна"],
            &["лед", "льда", "льдом"],
            &["день", "дня", "дней"],
            &["голосовать", "голосует", "голосовали"],
        ] {
            for form in forms {
                assert_eq!(stem(&snowball, form), stem(&snowball, forms[0]), "{form}");
            }
        }
    }
}
