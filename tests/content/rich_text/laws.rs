//! What holds for any body at all.

use std::collections::HashSet;

use masthead::content::rich_text::{Unit, excerpt, render, sanitize};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::html::{forbidden, read};
use super::{blocks, headings};

/// Pieces that CommonMark, HTML and people write.
const PIECES: &[&str] = &[
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\t",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](/a)",
    "](article:1-1)",
    "](<article:a b#c>)",
    "](javascript:a)",
    "](https://example.org/?a&b)",
    "![",
    "[a]: /b\n",
    "<https://example.org>",
    "<a@b.example>",
    "[^1]",
    "[^2]",
    "\n[^1]: ",
    "\n[^2]: ",
    "|",
    "\n|-|:-:|\n",
    "---",
    "\n===\n",
    "<b>",
    "</b>",
    "<a href='javascript:a'>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<div>\n",
    "<svg/onload=a>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&#13;",
    "&#x1;",
    "&nbsp;",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "word",
    "слова",
    "ў",
    "ʼ",
    "e\u{301}",
    "👩\u{200d}👧",
    "日本",
    "شهر",
    "\u{202e}",
    "\u{feff}",
    "1",
    "http://a",
    "<img src=x onerror=a>",
    "](",
    "\u{a0}",
    "\r",
    "\r\n",
    "|a|b|\n|-|-|\n|c|d|\n",
];

fn bodies() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Words and what stands between them.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "word",
        "слова",
        "e\u{301}",
        "👩\u{200d}👧",
        "日本語",
        "—",
        "-",
        ",",
        "(",
        " ",
        " ",
        "\n",
        "\t",
        "\u{a0}",
        "3,14",
        "it's",
    ];
    vec(select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

fn units() -> impl Strategy<Value = Unit> {
    select(vec![Unit::Characters, Unit::Words])
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(1024)
    })]

    #[test]
    fn html_is_well_formed_and_holds_nothing_else_than_it_may(body in bodies()) {
        let html = render(&body).html;

        let page = read(&html);
        prop_assert_eq!(forbidden(&page), [""; 0], "{}", html);
        prop_assert_eq!(&page.errors, &[""; 0], "{}", html);
        prop_assert_eq!(sanitize(&html), html);
    }

    #[test]
    fn ids_are_unique_and_every_link_within_finds_its_own(body in bodies()) {
        let page = read(&render(&body).html);

        let ids: Vec<&str> = page.elements.iter().filter_map(|element| element.attribute("id")).collect();
        let known: HashSet<&str> = ids.iter().copied().collect();
        prop_assert_eq!(known.len(), ids.len(), "{:?}", ids);
        for element in &page.elements {
            if let Some(id) = element.attribute("href").and_then(|href| href.strip_prefix("#fn")) {
                let id = format!("fn{id}");
                prop_assert!(known.contains(id.as_str()), "{id} {ids:?}");
            }
        }
        for (_, anchor) in headings(&body) {
            prop_assert!(known.contains(anchor.as_str()), "{anchor} {ids:?}");
        }
    }

    #[test]
    fn plain_words_are_those_of_the_html(body in bodies()) {
        let rendered = render(&body);

        let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
        let page = read(&rendered.html);
        prop_assert_eq!(without_spaces(&rendered.text), without_spaces(&page.text), "{}", rendered.html);
    }

    #[test]
    fn blocks_fit_their_schema(body in bodies()) {
        blocks(&render(&body));
    }

    #[test]
    fn an_excerpt_is_no_longer_than_asked_and_the_beginning_of_the_text(
        text in texts(), length in 1_usize..60, unit in units()
    ) {
        let found = excerpt(&text, length, unit);

        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_whole = found == line;
        let kept = if is_whole { found.as_str() } else { found.strip_suffix('…').unwrap() };
        prop_assert!(line.starts_with(kept), "{found:?} {line:?}");
        prop_assert!(measure(&found, unit) <= length || !is_cut_again(kept), "{found:?} {line:?}");
        prop_assert_eq!(found.is_empty(), line.is_empty());
    }

    #[test]
    fn a_longer_excerpt_holds_the_shorter(
        text in texts(), length in 1_usize..60, more in 0_usize..20, unit in units()
    ) {
        let shorter = excerpt(&text, length, unit);
        let longer = excerpt(&text, length + more, unit);

        prop_assert!(longer.starts_with(shorter.trim_end_matches('…')), "{shorter:?} {longer:?}");
    }

    #[test]
    fn a_text_that_is_short_enough_is_its_own_excerpt(text in texts(), unit in units()) {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = measure(&line, unit).max(1);

        prop_assert_eq!(excerpt(&text, length, unit), line);
    }

    #[test]
    fn any_string_at_all_is_a_body(body in any::<String>()) {
        let rendered = render(&body);

        prop_assert_eq!(forbidden(&read(&rendered.html)), [""; 0]);
        blocks(&rendered);
    }
}

fn measure(text: &str, unit: Unit) -> usize {
    use unicode_segmentation::UnicodeSegmentation as _;
    match unit {
        Unit::Characters => text.graphemes(true).count(),
        Unit::Words => text.unicode_words().count(),
    }
}

/// Whether a text could be cut into shorter ones.
fn is_cut_again(text: &str) -> bool {
    let shortest = excerpt(&format!("{text} a"), 1, Unit::Characters);
    let joins = [' ', ',', ';', ':', '–', '—', '-', '('];
    shortest.trim_end_matches('…').len() < text.trim_end_matches(joins).len()
}
