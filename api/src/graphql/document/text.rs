//! The text of a document, before it is parsed.

use std::iter::Peekable;
use std::str::Bytes;

use async_graphql::Pos;

use super::MAX_BRACKETS;
use crate::error::Code;
use crate::graphql::limits::Limits;
use crate::graphql::refusal::Refusal;

/// Check the text of a document before it is parsed; how many tokens it has.
///
/// # Errors
/// If it has more tokens than the limit, or is nested so deep that no schema
/// could answer it.
pub fn check_text(text: &str, limits: &Limits) -> Result<usize, Refusal> {
    let mut tokens = 0;
    let mut brackets = 0_usize;
    // The first token beyond the limit.
    let mut beyond = None;
    let mut scanner = text.bytes().peekable();
    while let Some(byte) = scanner.next() {
        let at = text.len() - scanner.len() - 1;
        match byte {
            // What is no token: white space, commas, a byte order mark.
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => continue,
            b'#' => {
                while scanner
                    .next_if(|byte| !matches!(byte, b'\n' | b'\r'))
                    .is_some()
                {}
                continue;
            }
            b'"' => string(&mut scanner),
            b'{' | b'(' | b'[' => brackets += 1,
            b'}' | b')' | b']' => brackets = brackets.saturating_sub(1),
            byte if is_word(byte) => while scanner.next_if(|byte| is_word(*byte)).is_some() {},
            _ => {}
        }
        tokens += 1;
        if brackets > MAX_BRACKETS {
            let message = format!("a document is nested at most {MAX_BRACKETS} deep");
            let refusal = Refusal::new(Code::QueryTooDeep, message);
            return Err(refusal.beyond(MAX_BRACKETS, brackets, Some(place(text, at)), &[]));
        }
        if tokens > limits.tokens && beyond.is_none() {
            beyond = Some(at);
        }
    }
    let Some(at) = beyond else {
        return Ok(tokens);
    };
    let message = format!("a document has at most {} tokens", limits.tokens);
    let refusal = Refusal::new(Code::TooManyTokens, message);
    Err(refusal.beyond(limits.tokens, tokens, Some(place(text, at)), &[]))
}

/// Line and column of a byte, both from 1.
fn place(text: &str, at: usize) -> Pos {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[start..].chars().count() + 1;
    Pos { line, column }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-')
}

/// Skip the rest of a string whose first quote was read, plain or block.
fn string(scanner: &mut Peekable<Bytes<'_>>) {
    let mut quotes = 1;
    while quotes < 3 && scanner.next_if_eq(&b'"').is_some() {
        quotes += 1;
    }
    match quotes {
        1 => {
            while let Some(byte) = scanner.next_if(|byte| !matches!(byte, b'\n' | b'\r')) {
                match byte {
                    b'\\' => drop(scanner.next()),
                    b'"' => return,
                    _ => {}
                }
            }
        }
        // The empty string.
        2 => {}
        _ => {
            let mut closing = 0;
            while closing < 3 {
                match scanner.next() {
                    Some(b'"') => closing += 1,
                    Some(b'\\') => {
                        // `\"""` does not close.
                        for _ in 0..3 {
                            scanner.next_if_eq(&b'"');
                        }
                        closing = 0;
                    }
                    Some(_) => closing = 0,
                    None => return,
                }
            }
        }
    }
}
