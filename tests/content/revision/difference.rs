//! What holds for the difference of any two texts.

use std::time::{Duration, Instant};

use masthead::content::revision::{DiffOperation, DiffSegment, difference};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

/// What texts are made of.
const PIECES: &[&str] = &[
    "ice",
    "ice",
    "лёд",
    "лёд",
    "Thin",
    "holds",
    "не",
    "я\u{301}",
    "can't",
    "3.14",
    "👩‍👩‍👧",
    " ",
    " ",
    " ",
    "  ",
    ",",
    ".",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "",
    "# ",
    "**",
    "\u{200d}",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// A text, and one that is like it.
fn pair() -> impl Strategy<Value = (String, String)> {
    vec((select(PIECES), select(PIECES), 0..6_u8), 0..80).prop_map(|pieces| {
        let (mut old, mut new) = (String::new(), String::new());
        for (piece, other, fate) in pieces {
            match fate {
                0 => old.push_str(piece),
                1 => new.push_str(piece),
                2 => {
                    old.push_str(piece);
                    new.push_str(other);
                }
                _ => {
                    old.push_str(piece);
                    new.push_str(piece);
                }
            }
        }
        (old, new)
    })
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

fn joined(segments: &[DiffSegment], without: DiffOperation) -> String {
    let segments = segments.iter().filter(|segment| segment.op != without);
    segments.map(|segment| segment.text.as_str()).collect()
}

/// The pieces as text: `[-old-]`, `{+new+}`.
fn marked(old: &str, new: &str) -> String {
    let segments = difference(old, new, soon());
    let marked = segments.iter().map(|DiffSegment { op, text }| match op {
        DiffOperation::Equal => text.clone(),
        DiffOperation::Insert => format!("{{+{text}+}}"),
        DiffOperation::Delete => format!("[-{text}-]"),
    });
    marked.collect()
}

#[test]
fn words_that_changed_are_told_and_all_others_stay() {
    for (old, new, expected) in [
        ("", "", ""),
        ("", "Ice.", "{+Ice.+}"),
        ("Ice.", "", "[-Ice.-]"),
        (
            "Thin ice holds.",
            "Thick ice holds.",
            "[-Thin-]{+Thick+} ice holds.",
        ),
        ("Лёд трымае", "Лёд не трымае", "Лёд {+не +}трымае"),
        ("Thin, cold ice", "Thin ice", "Thin[-, cold-] ice"),
        ("It can't hold", "It can hold", "It [-can't-]{+can+} hold"),
        (
            "one two three",
            "uno dos tres",
            "[-one two three-]{+uno dos tres+}",
        ),
        ("a\n\nb\n\nc", "a\n\nB\n\nc", "a\n\n[-b-]{+B+}\n\nc"),
        ("a\n\nb", "a\n\nx\n\nb", "a\n\n{+x\n\n+}b"),
    ] {
        assert_eq!(marked(old, new), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn pieces_join_to_both_texts((old, new) in pair()) {
        let segments = difference(&old, &new, soon());

        prop_assert_eq!(joined(&segments, DiffOperation::Insert), old);
        prop_assert_eq!(joined(&segments, DiffOperation::Delete), new);
    }

    #[test]
    fn pieces_join_to_both_texts_after_the_deadline((old, new) in pair()) {
        let segments = difference(&old, &new, Instant::now());

        prop_assert_eq!(joined(&segments, DiffOperation::Insert), old);
        prop_assert_eq!(joined(&segments, DiffOperation::Delete), new);
    }

    #[test]
    fn texts_of_any_characters_join_too(old in any::<String>(), new in any::<String>()) {
        let segments = difference(&old, &new, soon());

        prop_assert_eq!(joined(&segments, DiffOperation::Insert), old);
        prop_assert_eq!(joined(&segments, DiffOperation::Delete), new);
    }

    #[test]
    fn a_text_that_stays_is_one_equal_piece(text in text()) {
        let segments = difference(&text, &text, soon());

        let expected = DiffSegment { op: DiffOperation::Equal, text: text.clone() };
        prop_assert_eq!(segments, if text.is_empty() { vec![] } else { vec![expected] });
    }

    #[test]
    fn no_piece_is_empty_and_no_two_neighbours_are_alike((old, new) in pair()) {
        let segments = difference(&old, &new, soon());

        prop_assert!(segments.iter().all(|segment| !segment.text.is_empty()));
        prop_assert!(segments.windows(2).all(|pair| pair[0].op != pair[1].op));
    }
}

#[test]
fn texts_of_the_largest_size_are_compared_in_seconds() {
    // One line that has no word in common, one whose words are all moved, and
    // one in which each line has another word.
    let words = |from: usize, step: usize| -> String {
        let words = (0..200_000).map(|n| format!("w{:08} ", (from + n * step) % 1_000_003));
        words.collect()
    };
    let lines = |word: &str| format!("the ice on the river {word}\n").repeat(66_000);
    for (old, new) in [
        (words(0, 1), words(500_000, 7)),
        (words(0, 1), words(0, 3)),
        (lines("holds"), lines("breaks")),
        ("ice ".repeat(500_000), "ice".repeat(666_000)),
    ] {
        let started = Instant::now();

        let segments = difference(&old, &new, started + Duration::from_secs(1));

        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?}");
        assert!(joined(&segments, DiffOperation::Insert) == old);
        assert!(joined(&segments, DiffOperation::Delete) == new);
    }
}
