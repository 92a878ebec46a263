//! Bodies that are made to be hard: nested without end, or very long.

use std::thread;

use masthead::content::rich_text::render;

use super::blocks;
use super::html::read;

/// A quarter of what threads have.
const STACK: usize = 512 * 1024;

fn on_a_small_stack(check: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(check);
    thread.unwrap().join().unwrap();
}

#[test]
fn ten_thousand_levels_are_rendered_without_much_stack() {
    let deep: [String; 7] = [
        format!("{}a", ">".repeat(10_000)),
        format!("{}a", "> - ".repeat(10_000)),
        (0..2_000)
            .map(|level| format!("{}- a\n", "  ".repeat(level % 500)))
            .collect(),
        "[".repeat(10_000) + "a" + &"](/b)".repeat(10_000),
        "![".repeat(10_000) + "a" + &"](/b)".repeat(10_000),
        "*a **b ".repeat(10_000) + &"c** d*".repeat(10_000),
        "<b>".repeat(10_000) + "a",
    ];
    on_a_small_stack(move || {
        for body in deep {
            let rendered = render(&body);

            assert!(rendered.text.contains('a'), "{}", &body[..10]);
            serde_json::from_str::<serde_json::Value>(&rendered.blocks).unwrap();
            drop(read(&rendered.html));
        }
    });
}

#[test]
fn what_is_nested_too_deep_stands_in_the_innermost_that_is_kept() {
    let rendered = render(&format!("{}*a*\n\n# b", "> ".repeat(40)));

    let quotes = rendered.html.matches("<blockquote>").count();
    assert_eq!(quotes, 16);
    assert!(rendered.html.contains("<p><em>a</em></p>"));
    assert_eq!(rendered.text, "a\nb");
    blocks(&rendered);

    let rendered = render(&("*a **b ".repeat(20) + &"c** d*".repeat(20)));

    let marks = rendered.html.matches("<em>").count() + rendered.html.matches("<strong>").count();
    assert_eq!(marks, 16);
    assert_eq!(rendered.text, "a b ".repeat(20) + &"c d".repeat(20));
    blocks(&rendered);
}

/// Half a megabyte of each: what takes the square of it would take minutes.
#[test]
fn long_bodies_of_anything_take_a_time_that_people_can_wait() {
    const LENGTH: usize = 500_000;
    on_a_small_stack(|| {
        for pattern in ["[a](", "> ", "*a ", "|a", "<a ", "[^a] ", "# a\n"] {
            let rendered = render(&pattern.repeat(LENGTH / pattern.len()));

            assert!(rendered.html.len() < 40 * LENGTH, "{pattern}");
        }
    });
}
