//! How a locale is written: in which script, and which way that runs.
//!
//! Both follow from the tag alone. A tag without a script has the one that its
//! language is mostly written in, by CLDR's likely subtags (Unicode Technical
//! Standard 35, part 1).

use icu_locale::{Direction as TextDirection, Locale, LocaleDirectionality, LocaleExpander};

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "TextDirection")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// Which way a text in `locale` runs: from left to right where its script is
/// not known.
#[must_use]
pub fn direction(locale: &str) -> Direction {
    const DIRECTIONS: LocaleDirectionality = LocaleDirectionality::new_extended();
    let locale = Locale::try_from_str(locale).ok();
    match locale.and_then(|locale| DIRECTIONS.get(&locale.id)) {
        Some(TextDirection::RightToLeft) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

/// The script that `locale` is written in, by its code of ISO 15924; `None`
/// where the tag does not tell and CLDR does not know the language.
#[must_use]
pub fn script(locale: &str) -> Option<String> {
    const EXPANDER: LocaleExpander = LocaleExpander::new_extended();
    let mut id = Locale::try_from_str(locale).ok()?.id;
    EXPANDER.maximize(&mut id);
    id.script.map(|script| script.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Direction, direction, script};

    #[test]
    fn script_and_direction_follow_from_the_tag() {
        for (locale, code, runs) in [
            ("en", "Latn", Direction::Ltr),
            ("be", "Cyrl", Direction::Ltr),
            ("be-tarask", "Cyrl", Direction::Ltr),
            ("be-Latn", "Latn", Direction::Ltr),
            ("sr", "Cyrl", Direction::Ltr),
            ("sr-Latn", "Latn", Direction::Ltr),
            ("lt", "Latn", Direction::Ltr),
            ("zh-TW", "Hant", Direction::Ltr),
            ("az", "Latn", Direction::Ltr),
            ("az-Arab", "Arab", Direction::Rtl),
            ("az-IR", "Arab", Direction::Rtl),
            ("pa", "Guru", Direction::Ltr),
            ("pa-Arab", "Arab", Direction::Rtl),
            ("pa-PK", "Arab", Direction::Rtl),
            ("ar", "Arab", Direction::Rtl),
            ("ar-u-nu-latn", "Arab", Direction::Rtl),
            ("ckb", "Arab", Direction::Rtl),
            ("he", "Hebr", Direction::Rtl),
            ("yi", "Hebr", Direction::Rtl),
            ("dv", "Thaa", Direction::Rtl),
            ("fa", "Arab", Direction::Rtl),
        ] {
            assert_eq!(script(locale).as_deref(), Some(code), "{locale}");
            assert_eq!(direction(locale), runs, "{locale}");
        }
    }

    #[test]
    fn a_language_that_nobody_knows_has_no_script_and_runs_from_left_to_right() {
        assert_eq!(script("xx"), None);
        assert_eq!(direction("xx"), Direction::Ltr);
        assert_eq!(script("xx-Arab").as_deref(), Some("Arab"));
        assert_eq!(direction("xx-Arab"), Direction::Rtl);
    }
}
