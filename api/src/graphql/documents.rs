//! Documents that were parsed before: a client asks the same few over and over.

use std::sync::Arc;

use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;
use xxhash_rust::xxh3::xxh3_128;

/// How many bytes of text the remembered documents have in all.
const CAPACITY: u64 = 4 * 1024 * 1024;

/// Parsed documents by their text; what is asked for least goes first. Cheap
/// to clone.
#[derive(Clone, Debug)]
pub struct Documents(Cache<u128, Kept>);

/// A parsed document, and how many bytes its text has.
type Kept = (Arc<ExecutableDocument>, u32);

impl Default for Documents {
    fn default() -> Self {
        let weigh = |_: &u128, (_, bytes): &Kept| *bytes;
        Self(
            Cache::builder()
                .max_capacity(CAPACITY)
                .weigher(weigh)
                .build(),
        )
    }
}

impl Documents {
    /// The document of this text, parsed by `parse` at first sight. A text
    /// that `parse` refuses is not remembered.
    ///
    /// # Errors
    /// Those of `parse`.
    pub fn get<E>(
        &self,
        text: &str,
        parse: impl FnOnce(&str) -> Result<ExecutableDocument, E>,
    ) -> Result<Arc<ExecutableDocument>, E> {
        let key = xxh3_128(text.as_bytes());
        if let Some((document, _)) = self.0.get(&key) {
            return Ok(document);
        }
        let document = Arc::new(parse(text)?);
        let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.0.insert(key, (Arc::clone(&document), bytes));
        Ok(document)
    }
}
