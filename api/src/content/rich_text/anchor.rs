//! Anchors of headings: the words of the heading, so that an address says
//! where it leads, in any alphabet.

use std::collections::HashMap;

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation as _;

/// What every anchor begins with. It keeps them apart from the anchors of
/// footnotes, and from the names that a page's scripts know: no property of a
/// document or a window has a hyphen.
pub const PREFIX: &str = "h-";

/// The longest anchor, in characters, before what makes it unique.
const MAX_LENGTH: usize = 100;

/// The anchors that one text has used.
#[derive(Debug, Default)]
pub struct Anchors {
    /// How often an anchor was asked for; what was made unique is in it, too.
    used: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading that says `text`: its letters and digits in
    /// lower case, hyphens between its words. A repeated one ends in `-2`,
    /// `-3` and so on.
    pub fn next(&mut self, text: &str) -> String {
        let wanted = slug(text);
        let mut anchor = wanted.clone();
        let mut number = self.used.get(&wanted).copied().unwrap_or(0);
        while number > 0 {
            number += 1;
            anchor = format!("{wanted}-{number}");
            if !self.used.contains_key(&anchor) {
                break;
            }
        }
        self.used.insert(anchor.clone(), 1);
        if number > 0 {
            self.used.insert(wanted, number);
        }
        anchor
    }
}

fn slug(text: &str) -> String {
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut slug = String::from(PREFIX);
    let mut is_start = true;
    for character in text.to_lowercase().chars() {
        if is_apostrophe(character) {
            continue;
        }
        if character.is_alphanumeric() || (!is_start && !slug.ends_with('-') && is_mark(character))
        {
            slug.push(character);
            is_start = false;
        } else if !is_start && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let cut: String = slug.chars().take(MAX_LENGTH).collect();
    let cut = cut.trim_end_matches('-');
    if is_start {
        format!("{PREFIX}section")
    } else {
        cut.to_owned()
    }
}

/// Apostrophes stand within words: Belarusian has them for a hard sign.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{02bc}')
}

/// Marks that belong to the letter before them, where the alphabet has no
/// letter for both: Arabic vowels, the signs of Indic scripts. Joiners and
/// variation selectors are none.
fn is_mark(character: char) -> bool {
    let is_format = matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    // A mark begins no grapheme cluster of its own after a letter.
    let pair = ['a', character].iter().collect::<String>();
    !is_format && pair.graphemes(true).count() == 1
}
