//! Documents that were parsed before: a client asks the same few over and over.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use moka::sync::Cache;
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::cost::Sizing;
use super::document::{self, Size};
use super::limits::Limits;
use super::refusal::Refusal;
use super::request::not_graphql;

/// How many bytes the remembered documents take in all, about.
const CAPACITY: u64 = 16 * 1024 * 1024;

/// How many costs are remembered of documents whose cost goes by variables.
const COSTS: u64 = 20_000;

/// Parsed documents by their text; what is asked for least goes first. Copies
/// share them.
#[derive(Clone, Debug)]
pub struct Documents {
    /// Nobody can make two texts with the same hash who does not know it.
    seed: u64,
    parsed: Cache<u128, Arc<Document>>,
    costs: Cache<u128, usize>,
}

/// A document that was parsed, and is within the limits.
#[derive(Debug)]
pub struct Document {
    text: Box<str>,
    hash: u128,
    parsed: ExecutableDocument,
    size: Size,
    weight: u32,
    sizing: Sizing,
    fits: AtomicBool,
}

impl Default for Documents {
    fn default() -> Self {
        let weigh = |_: &u128, document: &Arc<Document>| document.weight;
        let parsed = Cache::builder().max_capacity(CAPACITY).weigher(weigh);
        Self {
            seed: RandomState::new().hash_one(()),
            parsed: parsed.build(),
            costs: Cache::new(COSTS),
        }
    }
}

impl Documents {
    /// Whether this text was parsed before.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        self.known(text).1.is_some()
    }

    /// The document of this text, parsed at first sight. A text that is refused
    /// is not remembered.
    ///
    /// # Errors
    /// If it is not GraphQL, or beyond a limit.
    pub fn get(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        let (hash, known) = self.known(text);
        if let Some(document) = known {
            return Ok(document);
        }
        let document = Arc::new(Document::try_new(text, hash, limits)?);
        self.parsed.insert(hash, Arc::clone(&document));
        Ok(document)
    }

    fn known(&self, text: &str) -> (u128, Option<Arc<Document>>) {
        let hash = xxh3_128_with_seed(text.as_bytes(), self.seed);
        let known = self.parsed.get(&hash);
        (hash, known.filter(|known| *known.text == *text))
    }

    /// What `document` costs with these variables, if that is known.
    #[must_use]
    pub fn cost(&self, document: &Document, variables: &Variables) -> Option<usize> {
        self.costs
            .get(&document.sizing.key(document.hash, variables))
    }

    /// Remember what it costs with them.
    pub fn keep_cost(&self, document: &Document, variables: &Variables, cost: usize) {
        let key = document.sizing.key(document.hash, variables);
        self.costs.insert(key, cost);
    }
}

impl Document {
    fn try_new(text: &str, hash: u128, limits: &Limits) -> Result<Self, Refusal> {
        let tokens = document::check_text(text, limits)?;
        let parsed = parse_query(text).map_err(|error| not_graphql(&error.into()))?;
        let size = document::check(&parsed, limits)?;
        Ok(Self {
            text: text.into(),
            hash,
            size,
            weight: weight(text, tokens),
            sizing: Sizing::of(&parsed),
            fits: AtomicBool::new(false),
            parsed,
        })
    }

    /// Tells it from all others, in this process, as long as it runs.
    #[must_use]
    pub const fn hash(&self) -> u128 {
        self.hash
    }

    /// The text it was parsed from.
    #[must_use]
    pub const fn text(&self) -> &str {
        &self.text
    }

    /// How large it is.
    #[must_use]
    pub const fn size(&self) -> &Size {
        &self.size
    }

    /// What it was parsed to.
    #[must_use]
    pub const fn parsed(&self) -> &ExecutableDocument {
        &self.parsed
    }

    /// The operation that a request asks for; `None` if there is none such, or
    /// it must be named and is not.
    #[must_use]
    pub fn operation(&self, name: Option<&str>) -> Option<&OperationDefinition> {
        let operation = match (&self.parsed.operations, name) {
            (DocumentOperations::Single(only), None) => Some(only),
            (DocumentOperations::Single(_), Some(_)) => None,
            (DocumentOperations::Multiple(named), Some(name)) => named.get(name),
            (DocumentOperations::Multiple(named), None) => {
                named.values().next().filter(|_| named.len() == 1)
            }
        };
        operation.map(|operation| &operation.node)
    }

    /// Whether that operation does more than read.
    #[must_use]
    pub fn changes(&self, name: Option<&str>) -> bool {
        let operation = self.operation(name);
        operation.is_some_and(|operation| operation.ty != OperationType::Query)
    }

    /// Whether it is known to fit the schema.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.fits.load(Ordering::Relaxed)
    }

    /// Note that it does.
    pub fn note_fit(&self) {
        self.fits.store(true, Ordering::Relaxed);
    }
}

/// How many bytes a parsed document takes, about: a field takes some 400, of
/// which a usual document has one for each five tokens, all else less.
fn weight(text: &str, tokens: usize) -> u32 {
    const DOCUMENT: usize = 1024;
    const TOKEN: usize = 200;
    let bytes = DOCUMENT + text.len() + tokens * TOKEN;
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Document, Documents};
    use crate::graphql::limits::Limits;
    use std::sync::Arc;

    fn document(text: &str) -> Arc<Document> {
        Documents::default().get(text, &Limits::default()).unwrap()
    }

    #[test]
    fn a_text_is_parsed_once() {
        let documents = Documents::default();

        let [first, again] = [(); 2].map(|()| documents.get("{ a }", &Limits::default()).unwrap());
        let other = documents.get("{ a  }", &Limits::default()).unwrap();

        assert!(Arc::ptr_eq(&first, &again));
        assert_ne!(first.hash(), other.hash());
    }

    #[test]
    fn what_an_operation_does_is_known_by_its_name() {
        let several = document("query one { a } mutation two { b }");
        for (name, changes) in [
            (Some("one"), false),
            (Some("two"), true),
            (Some("three"), false),
            (None, false),
        ] {
            assert_eq!(several.changes(name), changes, "{name:?}");
        }
        assert!(document("mutation one { a }").changes(None));
        assert!(document("mutation { a }").changes(None));
        assert!(document("subscription { a }").changes(None));
        assert!(!document("{ mutation }").changes(None));
    }
}
