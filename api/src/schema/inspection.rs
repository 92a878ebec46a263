//! What is wrong with a document, before anyone asks for it.

use async_graphql::parser::types::{BaseType, VariableDefinition};
use async_graphql::{Name, Request, ServerError, Value, Variables};

use super::preparation::look_closely;
use crate::graphql::documents::Documents;
use crate::graphql::limits::Limits;

/// Looks at documents, and executes none.
#[derive(Debug)]
pub struct Inspector {
    documents: Documents,
    limits: Limits,
}

impl Inspector {
    /// One that holds documents to the schema and to these limits.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            documents: Documents::default(),
            limits: *limits,
        }
    }

    /// Why `text` is no document within the limits; `None` if it is one,
    /// whether or not it fits the schema.
    #[must_use]
    pub fn refusal(&self, text: &str) -> Option<ServerError> {
        let refused = self.documents.get(text, &self.limits).err()?;
        Some(refused.into_error())
    }

    /// All that is wrong with the document of `text`; nothing if it can be
    /// answered.
    ///
    /// Values of variables are not known: where one sets the size of a page,
    /// its default counts, or else the page's own; one that is needed counts
    /// as 1.
    pub async fn faults(&self, text: &str) -> Vec<ServerError> {
        let document = match self.documents.get(text, &self.limits) {
            Ok(document) => document,
            Err(refusal) => return vec![refusal.into_error()],
        };
        let operations = || document.parsed().operations.iter();
        let name = operations().next();
        let definitions =
            operations().flat_map(|(_, operation)| &operation.node.variable_definitions);
        let sizes = definitions.filter_map(|definition| size(&definition.node));
        let sizes = Variables::from_value(Value::Object(sizes.collect()));
        let mut request = Request::new(text).variables(sizes);
        request.operation_name = name.and_then(|(name, _)| name.map(Name::to_string));
        match look_closely(&document, &request, &self.limits).await {
            Ok(_) => Vec::new(),
            Err(refused) => refused.errors,
        }
    }
}

/// A value for a variable that may set the size of a page.
fn size(definition: &VariableDefinition) -> Option<(Name, Value)> {
    let of_type = &definition.var_type.node;
    let is_number = matches!(&of_type.base, BaseType::Named(name) if name == "Int");
    if !is_number || definition.default_value.is_some() {
        return None;
    }
    let value = if of_type.nullable {
        Value::Null
    } else {
        Value::from(1)
    };
    Some((definition.name.node.clone(), value))
}
