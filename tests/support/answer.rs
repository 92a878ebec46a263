//! What a query was answered.

use async_graphql::Response;
use serde_json::Value;

/// The answer to one query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `null` when there is none. Keys are sorted; what the order of fields in
    /// an answer is, `graphql/pin.rs` guards.
    pub data: Value,
    /// The errors as a client sees them; empty when all went well.
    pub errors: Vec<Value>,
    /// How many SQL statements it took, with what is cached for good warm.
    pub statements: u64,
}

impl Answer {
    pub(crate) fn of(response: &Response, statements: u64) -> Self {
        let value = serde_json::to_value(response).expect("an answer is JSON");
        let errors = value["errors"].as_array().cloned().unwrap_or_default();
        Self {
            data: value["data"].clone(),
            errors,
            statements,
        }
    }

    /// `extensions.code` of the first error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.errors.first()?["extensions"]["code"].as_str()
    }

    /// The text of the first error.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.errors.first()?["message"].as_str()
    }

    /// The data.
    ///
    /// # Panics
    /// If there are errors; it shows them.
    #[must_use]
    #[track_caller]
    pub fn expect_data(&self) -> &Value {
        assert!(self.errors.is_empty(), "errors: {:#?}", self.errors);
        &self.data
    }

    /// The part of the data that a JSON pointer names, such as
    /// `/issue/articles/nodes/0/slug`.
    ///
    /// # Panics
    /// If there are errors, or no such part.
    #[must_use]
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Value {
        let data = self.expect_data();
        match data.pointer(pointer) {
            Some(part) => part,
            None => panic!("nothing at {pointer} in {data:#}"),
        }
    }

    /// The texts that a field of each object of a list holds: the slugs of
    /// `/articles/nodes`, say.
    ///
    /// # Panics
    /// If there are errors, or no such list of texts.
    #[must_use]
    #[track_caller]
    pub fn texts(&self, list: &str, field: &str) -> Vec<&str> {
        let list = self.at(list).as_array().expect("this is a list");
        list.iter()
            .map(|object| object[field].as_str().expect("this is a text"))
            .collect()
    }
}
