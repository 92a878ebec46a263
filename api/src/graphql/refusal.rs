//! A document that is refused before it is executed.

use async_graphql::{ErrorExtensionValues, Pos, Response, ServerError};

use crate::error::Code;

/// Why a document is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub message: String,
    /// Where in the document; `None` if that is nowhere in particular.
    pub place: Option<Pos>,
    /// The limit that was met, if it is for one.
    pub excess: Option<Excess>,
}

/// More than a limit allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    pub limit: usize,
    /// What the document has of it.
    pub value: usize,
    /// The field at which the limit is passed, by its response keys from the
    /// root, as `articles.nodes.title`; empty outside of all fields.
    pub field: String,
}

impl Refusal {
    /// A refusal that is not for a limit.
    #[must_use]
    pub const fn new(code: Code, message: String) -> Self {
        Self {
            code,
            message,
            place: None,
            excess: None,
        }
    }

    /// The same for passing a limit there.
    #[must_use]
    pub fn beyond(self, limit: usize, value: usize, place: Option<Pos>, field: &[&str]) -> Self {
        Self {
            place,
            excess: Some(Excess {
                limit,
                value,
                field: field.join("."),
            }),
            ..self
        }
    }

    /// As an error of an answer: limit, value and field are in its extensions.
    #[must_use]
    pub fn into_error(self) -> ServerError {
        let mut error = ServerError::new(self.message, self.place);
        let extensions = error
            .extensions
            .get_or_insert_with(ErrorExtensionValues::default);
        extensions.set("code", self.code.as_str());
        if let Some(Excess {
            limit,
            value,
            field,
        }) = self.excess
        {
            extensions.set("limit", limit);
            extensions.set("value", value);
            if !field.is_empty() {
                extensions.set("field", field);
            }
        }
        error
    }
}

impl From<Refusal> for Box<Response> {
    fn from(refusal: Refusal) -> Self {
        Self::new(Response::from_errors(vec![refusal.into_error()]))
    }
}
