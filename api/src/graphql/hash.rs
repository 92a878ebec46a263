//! The hash that documents are known by.

use sha2::{Digest as _, Sha256};

/// SHA-256 of a document's text, as it was sent: a space more is another
/// document (GraphQL over HTTP, appendix on persisted documents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentHash([u8; 32]);

impl DocumentHash {
    /// The hash of this text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The hash that 64 hexadecimal digits spell, in either case; `None` for
    /// whatever else.
    #[must_use]
    pub fn read(digits: &str) -> Option<Self> {
        let digits: &[u8; 64] = digits.as_bytes().try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Some(Self(bytes))
    }
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::DocumentHash;

    /// `query ($id: ID!) {␊  user(id: $id) {␊    name␊  }␊}` and its hash, as
    /// the appendix has them.
    const TEXT: &str = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}";
    const DIGITS: &str = "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e";

    #[test]
    fn a_hash_is_read_in_either_case() {
        let hash = Some(DocumentHash::of(TEXT));

        assert_eq!(DocumentHash::read(DIGITS), hash);
        assert_eq!(DocumentHash::read(&DIGITS.to_ascii_uppercase()), hash);
    }

    #[test]
    fn what_is_not_64_digits_is_no_hash() {
        let long = format!("{DIGITS}0");
        let other = DIGITS.replace('d', "g");
        for wrong in ["", "7dba", &DIGITS[1..], &long, &other] {
            assert_eq!(DocumentHash::read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_read(text in any::<String>()) {
            let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert_eq!(DocumentHash::read(&text).is_some(), digits);
        }
    }
}
