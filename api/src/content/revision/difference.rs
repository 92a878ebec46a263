//! The difference of two texts in words.
//!
//! Words are those of Unicode's default word boundaries (UAX #29); what stands
//! between them, white space and punctuation, is part of a difference too.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use async_graphql::{Enum, SimpleObject};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation as _;

/// What became of a piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum DiffOperation {
    /// Both texts have it.
    Equal,
    /// Only the later text has it.
    Insert,
    /// Only the earlier text has it.
    Delete,
}

/// A piece of a text, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct DiffSegment {
    /// What became of it.
    pub op: DiffOperation,
    /// The piece, as it is in the text; never empty.
    pub text: String,
}

/// How long a difference is sought in words. After that, what is left of it is
/// told in whole lines.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// What became of `old` in `new`, in pieces. Those that are equal or inserted
/// make up `new`, those that are equal or deleted `old`; a text that stayed is
/// one piece, and an empty one none.
///
/// Lines that changed are compared word by word, until `deadline`; what is left
/// then is told by the line, or as a whole.
#[must_use]
pub fn difference(old: &str, new: &str, deadline: Instant) -> Vec<DiffSegment> {
    let mut pieces = Pieces::default();
    let (old_lines, new_lines) = (lines(old), lines(new));
    compare(&old_lines, &new_lines, deadline, |piece| match piece {
        Piece::Equal(text) => pieces.equal(text),
        Piece::Changed("", new) => pieces.change("", new),
        Piece::Changed(old, "") => pieces.change(old, ""),
        Piece::Changed(old, new) if Instant::now() >= deadline => pieces.change(old, new),
        Piece::Changed(old, new) => {
            let (old, new) = (words(old), words(new));
            compare(&old, &new, deadline, |piece| match piece {
                Piece::Equal(text) => pieces.equal(text),
                Piece::Changed(old, new) => pieces.change(old, new),
            });
        }
    });
    pieces.end()
}

/// How many words pieces of a text insert, and how many they delete.
#[must_use]
pub fn count_words(segments: &[DiffSegment]) -> (usize, usize) {
    let count = |op| {
        let segments = segments.iter().filter(|segment| segment.op == op);
        segments
            .map(|segment| segment.text.unicode_words().count())
            .sum()
    };
    (count(DiffOperation::Insert), count(DiffOperation::Delete))
}

/// A text in parts that follow each other.
struct Parts<'a> {
    text: &'a str,
    parts: Vec<&'a str>,
}

enum Piece<'a> {
    Equal(&'a str),
    /// From, to; one of them may be empty.
    Changed(&'a str, &'a str),
}

fn lines(text: &str) -> Parts<'_> {
    let parts = text.split_inclusive('\n').collect();
    Parts { text, parts }
}

fn words(text: &str) -> Parts<'_> {
    let parts = text.split_word_bounds().collect();
    Parts { text, parts }
}

impl<'a> Parts<'a> {
    /// A number for each part, the same for the same text.
    fn numbered(&self, numbers: &mut HashMap<&'a str, u32>) -> Vec<u32> {
        let parts = self.parts.iter().map(|part| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(part).or_insert(next)
        });
        parts.collect()
    }

    /// Where each part begins, and where the last one ends.
    fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        let mut end = 0;
        for part in &self.parts {
            end += part.len();
            starts.push(end);
        }
        starts
    }

    fn slice(&self, starts: &[usize], parts: Range<usize>) -> &'a str {
        &self.text[starts[parts.start]..starts[parts.end]]
    }
}

fn compare<'a>(
    old: &Parts<'a>,
    new: &Parts<'a>,
    deadline: Instant,
    mut tell: impl FnMut(Piece<'a>),
) {
    let mut numbers = HashMap::new();
    let (old_numbers, new_numbers) = (old.numbered(&mut numbers), new.numbered(&mut numbers));
    let (old_starts, new_starts) = (old.starts(), new.starts());
    let deadline = Some(deadline);
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old_numbers, &new_numbers, deadline) {
        let before = old.slice(&old_starts, op.old_range());
        let after = new.slice(&new_starts, op.new_range());
        tell(match op {
            DiffOp::Equal { .. } => Piece::Equal(after),
            _ => Piece::Changed(before, after),
        });
    }
}

/// Pieces that are gathered: equal ones, and between them what is deleted and
/// what is inserted.
#[derive(Default)]
struct Pieces {
    done: Vec<DiffSegment>,
    equal: String,
    deleted: String,
    inserted: String,
}

impl Pieces {
    fn equal(&mut self, text: &str) {
        self.equal.push_str(text);
    }

    fn change(&mut self, old: &str, new: &str) {
        let is_in_the_way = !self.equal.is_empty()
            && !self.deleted.is_empty()
            && !self.inserted.is_empty()
            && !old.is_empty()
            && !new.is_empty()
            && self.equal.chars().all(|char| char == ' ');
        if is_in_the_way {
            // Words that follow each other, replaced one by one, read better
            // as a whole.
            let between = std::mem::take(&mut self.equal);
            self.deleted.push_str(&between);
            self.inserted.push_str(&between);
        } else if !self.equal.is_empty() {
            self.flush();
        }
        self.deleted.push_str(old);
        self.inserted.push_str(new);
    }

    /// Tell what changed last, and what is equal after it.
    fn flush(&mut self) {
        for (op, text) in [
            (DiffOperation::Delete, &mut self.deleted),
            (DiffOperation::Insert, &mut self.inserted),
            (DiffOperation::Equal, &mut self.equal),
        ] {
            if !text.is_empty() {
                let text = std::mem::take(text);
                self.done.push(DiffSegment { op, text });
            }
        }
    }

    fn end(mut self) -> Vec<DiffSegment> {
        self.flush();
        self.done
    }
}
