//! How much one request may ask for.

use std::time::Duration;

/// The limits of a request; the configuration sets them, and an error names
/// the one that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body of a POST, and the longest query string of a GET.
    pub body_bytes: usize,
    /// The largest body of a POST whose key may write: whole texts come in.
    pub write_body_bytes: usize,
    /// Tokens of a document (names, numbers, strings, punctuation).
    pub tokens: usize,
    /// How deep fields are nested.
    pub depth: usize,
    /// How many fields an answer may hold at most, pages counted at their full
    /// size.
    pub complexity: usize,
    /// Aliases in a document, each as often as it is spread.
    pub aliases: usize,
    /// Fields at the root of an operation, `__typename` apart: each is asked of
    /// the database on its own.
    pub root_fields: usize,
    /// Directives in a document, each as often as it is spread.
    pub directives: usize,
    /// Whether the schema can be asked for by `__schema` and `__type`.
    pub introspection: bool,
    /// How long an answer may take.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            write_body_bytes: 8 * 1024 * 1024,
            tokens: 5_000,
            depth: 20,
            complexity: 50_000,
            aliases: 50,
            root_fields: 20,
            directives: 50,
            introspection: true,
            timeout: Duration::from_secs(10),
        }
    }
}
