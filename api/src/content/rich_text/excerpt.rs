//! The beginning of a text, cut where no word is hurt.

use unicode_segmentation::UnicodeSegmentation as _;

/// The longest excerpt, in either unit.
pub const MAX_LENGTH: usize = 10_000;

/// What an excerpt is as long as where nothing else is asked for.
pub const DEFAULT_LENGTH: i32 = 200;

/// What is left out.
const ELLIPSIS: char = '…';

/// What an excerpt is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "ExcerptUnit")]
pub enum Unit {
    /// Characters as people see them (grapheme clusters of Unicode, UAX 29);
    /// the `…` is one of them.
    #[default]
    Characters,
    /// Words, as `wordCount` counts them.
    Words,
}

impl Unit {
    /// How long an excerpt may be for a partner that is served summaries: about
    /// as long as one is unless told, in either unit.
    pub(super) const fn most_of_a_summary(self) -> usize {
        match self {
            Self::Characters => 200,
            Self::Words => 40,
        }
    }
}

/// The beginning of `text`, at most `length` long, in one line. It ends in `…`
/// where something is left out. No word is cut: if the first is longer than
/// that, it is all there is.
#[must_use]
pub fn excerpt(text: &str, length: usize, unit: Unit) -> String {
    let mut excerpt = String::new();
    let mut measure = 0;
    // How much of it can stand before the dots.
    let mut room = 0;
    for piece in pieces(text) {
        measure += piece.measure(unit, excerpt.is_empty());
        if measure > length {
            excerpt.truncate(room);
            return ended(excerpt, text);
        }
        piece.append(&mut excerpt);
        if unit == Unit::Words || measure < length {
            room = excerpt.len();
        }
    }
    excerpt
}

/// A part of a text that is not cut.
struct Piece<'a> {
    /// Whether white space stands before it.
    spaced: bool,
    text: &'a str,
}

impl Piece<'_> {
    fn measure(&self, unit: Unit, is_first: bool) -> usize {
        match unit {
            Unit::Characters => {
                let space = usize::from(self.spaced && !is_first);
                self.text.graphemes(true).count() + space
            }
            Unit::Words => self.text.unicode_words().count(),
        }
    }

    fn append(&self, excerpt: &mut String) {
        if self.spaced && !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(self.text);
    }
}

/// What stands between white space; and where words are written without any,
/// each character or word by itself.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split_whitespace().flat_map(|run| {
        let is_dense = run.contains(is_written_without_spaces);
        let parts: Vec<&str> = if is_dense { dense(run) } else { vec![run] };
        parts.into_iter().enumerate().map(|(place, text)| Piece {
            spaced: place == 0,
            text,
        })
    })
}

/// The words of a run, each with the punctuation that follows it.
fn dense(run: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut has_word = false;
    for (place, part) in run.split_word_bound_indices() {
        let is_word = part.contains(char::is_alphanumeric);
        if is_word && has_word {
            parts.push(run.get(start..place).unwrap_or_default());
            start = place;
        }
        has_word |= is_word;
    }
    parts.push(run.get(start..).unwrap_or_default());
    parts
}

/// Chinese and Japanese.
fn is_written_without_spaces(character: char) -> bool {
    matches!(
        character,
        '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3134f}'
    )
}

/// An excerpt that is not all of `text`. What would join it to the rest goes.
fn ended(mut excerpt: String, text: &str) -> String {
    if excerpt.is_empty() {
        let mut pieces = pieces(text);
        let first = pieces.next().map_or("", |piece| piece.text);
        excerpt.push_str(first);
        if pieces.next().is_none() {
            return excerpt;
        }
    }
    let joins = [' ', ',', ';', ':', '–', '—', '-', '('];
    let end = excerpt.trim_end_matches(joins).len();
    if end > 0 {
        excerpt.truncate(end);
    }
    excerpt.push(ELLIPSIS);
    excerpt
}
