//! The beginning of a text.

use masthead::content::rich_text::{Unit, excerpt, minutes};

#[test]
fn an_excerpt_never_cuts_a_word() {
    let text = "One two, three.\nFour — five";
    for (length, unit, expected) in [
        (27, Unit::Characters, "One two, three. Four — five"),
        (26, Unit::Characters, "One two, three. Four…"),
        (21, Unit::Characters, "One two, three. Four…"),
        (20, Unit::Characters, "One two, three.…"),
        (15, Unit::Characters, "One two…"),
        (9, Unit::Characters, "One two…"),
        (8, Unit::Characters, "One…"),
        (4, Unit::Characters, "One…"),
        (3, Unit::Characters, "One…"),
        (1, Unit::Characters, "One…"),
        (5, Unit::Words, "One two, three. Four — five"),
        (4, Unit::Words, "One two, three. Four…"),
        (2, Unit::Words, "One two…"),
        (1, Unit::Words, "One…"),
    ] {
        assert_eq!(excerpt(text, length, unit), expected, "{length} {unit:?}");
    }
}

#[test]
fn a_single_word_is_given_whole() {
    assert_eq!(
        excerpt("Непаразуменне", 3, Unit::Characters),
        "Непаразуменне"
    );
    assert_eq!(
        excerpt("паўднёва-усходні", 1, Unit::Words),
        "паўднёва-усходні"
    );
    assert_eq!(excerpt("", 3, Unit::Characters), "");
    assert_eq!(excerpt(" \n ", 3, Unit::Words), "");
}

#[test]
fn characters_are_those_that_people_see() {
    let family = "👨\u{200d}👩\u{200d}👧";
    let text = format!("{family} e\u{301}e\u{301} конь");

    assert_eq!(excerpt(&text, 9, Unit::Characters), text);
    assert_eq!(
        excerpt(&text, 8, Unit::Characters),
        format!("{family} e\u{301}e\u{301}…")
    );
}

#[test]
fn text_without_spaces_is_cut_between_its_words() {
    assert_eq!(
        excerpt("今週の会議は三回目です。", 6, Unit::Characters),
        "今週の会議…"
    );
    assert_eq!(
        excerpt("今週の会議は三回目です。", 100, Unit::Characters),
        "今週の会議は三回目です。"
    );
}

#[test]
fn reading_takes_a_minute_for_each_that_has_begun() {
    for (words, locale, expected) in [
        (0, "en", 0),
        (1, "en", 1),
        (238, "en", 1),
        (239, "en-GB", 2),
        (184, "be-tarask", 1),
        (185, "be", 2),
        (185, "ru", 2),
        (185, "lt", 2),
        (1000, "ar", 8),
    ] {
        assert_eq!(minutes(words, locale), expected, "{words} {locale}");
    }
}
