//! How words are folded, so that capitals make no difference.

/// `text` in lower case, by Unicode's rules for any language: what the
/// `folded_` columns hold and what filters match.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
