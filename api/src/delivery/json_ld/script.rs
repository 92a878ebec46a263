//! JSON that can stand within a script element.

use std::fmt::Write as _;

use serde::Serialize;

use crate::error::Error;

/// `document` as JSON that can stand in a page between
/// `<script type="application/ld+json">` and `</script>`, and in one that is
/// read as XML: with all that could end the element, begin a comment or end a
/// line of a script as an escape of JSON (RFC 8259, section 7). It reads as the
/// same value.
///
/// # Errors
/// None that is known: texts and numbers are JSON.
pub fn script_text(document: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_string(document).map_err(|error| Error::Internal(error.into()))?;
    let mut text = String::with_capacity(json.len());
    // All of these stand in strings alone.
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing into a string can't fail.
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            other => text.push(other),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
    use serde_json::Value;

    use super::script_text;

    proptest! {
        #[test]
        fn any_text_is_itself_again_and_nothing_to_a_page(text in any::<String>(), end in "(</script>|<!--|]]>|&|\u{2028}|\u{2029}|\\\\|\")*") {
            let text = format!("{text}{end}");

            let written = script_text(&text).unwrap();

            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), Value::from(text));
            prop_assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", written);
        }
    }
}
