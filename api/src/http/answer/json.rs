//! Values as JSON, straight into the bytes of an answer.
//!
//! Most of an answer is text that has nothing to escape: it is looked through
//! eight bytes at a time, and copied in one piece.

use std::io;

use async_graphql::Value;

/// Write `value` as `serde_json` writes it.
///
/// # Errors
/// If a number is none of JSON.
pub(super) fn write(value: &Value, bytes: &mut Vec<u8>) -> io::Result<()> {
    match value {
        Value::Null => bytes.extend_from_slice(b"null"),
        Value::Boolean(true) => bytes.extend_from_slice(b"true"),
        Value::Boolean(false) => bytes.extend_from_slice(b"false"),
        Value::String(text) => write_text(text, bytes),
        Value::Enum(name) => write_text(name, bytes),
        Value::Number(_) | Value::Binary(_) => serde_json::to_writer(bytes, value)?,
        Value::List(items) => {
            bytes.push(b'[');
            for (place, item) in items.iter().enumerate() {
                separate(place, bytes);
                write(item, bytes)?;
            }
            bytes.push(b']');
        }
        Value::Object(fields) => {
            bytes.push(b'{');
            for (place, (name, value)) in fields.iter().enumerate() {
                separate(place, bytes);
                write_text(name, bytes);
                bytes.push(b':');
                write(value, bytes)?;
            }
            bytes.push(b'}');
        }
    }
    Ok(())
}

fn separate(place: usize, bytes: &mut Vec<u8>) {
    if place > 0 {
        bytes.push(b',');
    }
}

/// Escape what RFC 8259, section 7, wants escaped, the shortest way.
fn write_text(text: &str, bytes: &mut Vec<u8>) {
    bytes.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at(plain(rest));
        bytes.extend_from_slice(plain);
        let Some((first, others)) = special.split_first() else {
            break;
        };
        escape(*first, bytes);
        rest = others;
    }
    bytes.push(b'"');
}

/// How many bytes come before the first that has to be escaped.
fn plain(text: &[u8]) -> usize {
    let (chunks, _) = text.as_chunks();
    let chunks = chunks.iter();
    let whole = 8 * chunks.take_while(|chunk| are_plain(**chunk)).count();
    let rest = &text[whole..];
    let special = rest.iter().position(|byte| is_special(*byte));
    whole + special.unwrap_or(rest.len())
}

const fn is_special(byte: u8) -> bool {
    matches!(byte, 0..b' ' | b'"' | b'\\')
}

/// Whether none of these has to be escaped: all at once, each byte's answer in
/// its highest bit.
const fn are_plain(bytes: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;

    let bytes = u64::from_le_bytes(bytes);
    let quotes = bytes ^ (EACH * b'"' as u64);
    let backslashes = bytes ^ (EACH * b'\\' as u64);
    let control = bytes.wrapping_sub(EACH * b' ' as u64) & !bytes;
    let quotes = quotes.wrapping_sub(EACH) & !quotes;
    let backslashes = backslashes.wrapping_sub(EACH) & !backslashes;
    (control | quotes | backslashes) & HIGHEST == 0
}

fn escape(byte: u8, bytes: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";

    let letter = match byte {
        b'\x08' => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        b'\x0c' => b'f',
        b'\r' => b'r',
        b'"' | b'\\' => byte,
        _ => {
            let digits = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
            bytes.extend_from_slice(b"\\u00");
            bytes.extend_from_slice(&digits);
            return;
        }
    };
    bytes.extend_from_slice(&[b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Value};
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::write;

    proptest! {
        #[test]
        fn values_are_written_as_serde_json_writes_them(value in value()) {
            let mut bytes = Vec::new();

            write(&value, &mut bytes).unwrap();

            let expected = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            Just(Value::Enum(Name::new("NEWEST"))),
            vec(any::<u8>(), 0..9).prop_map(|bytes| Value::Binary(bytes.into())),
            text().prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let fields = vec((text().prop_map(Name::new), inner.clone()), 0..6);
            prop_oneof![
                vec(inner, 0..6).prop_map(Value::List),
                fields.prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// Of any characters, many of which are escaped.
    fn text() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            4 => proptest::char::range('a', 'z'),
            2 => proptest::char::range('\0', '#'),
            1 => Just('\\'),
            1 => any::<char>(),
        ];
        vec(letter, 0..40).prop_map(String::from_iter)
    }
}
