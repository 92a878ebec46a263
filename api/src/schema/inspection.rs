//! What is wrong with a document, before anyone asks for it.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{BaseType, ExecutableDocument, VariableDefinition};
use async_graphql::{Name, Request, Response, ServerError, Value, Variables};

use super::{Roots, builder};
use crate::graphql::documents::Documents;
use crate::graphql::limits::Limits;
use crate::graphql::request;

/// Looks at documents, and executes none.
#[expect(missing_debug_implementations, reason = "a schema has none")]
pub struct Inspector {
    roots: Roots,
    documents: Documents,
    limits: Limits,
}

impl Inspector {
    /// One that holds documents to the schema and to these limits.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let checking = builder().limit_complexity(limits.complexity);
        Self {
            roots: checking.extension(NotExecuted).finish(),
            documents: Documents::default(),
            limits: *limits,
        }
    }

    /// Why `text` is no document within the limits; `None` if it is one,
    /// whether or not it fits the schema.
    #[must_use]
    pub fn refusal(&self, text: &str) -> Option<ServerError> {
        self.parse(text).err()
    }

    /// All that is wrong with the document of `text`; nothing if it can be
    /// answered.
    ///
    /// Values of variables are not known: where one sets the size of a page,
    /// its default counts, or else the page's own; one that is needed counts
    /// as 1.
    pub async fn faults(&self, text: &str) -> Vec<ServerError> {
        let document = match self.parse(text) {
            Ok(document) => document,
            Err(refusal) => return vec![refusal],
        };
        let operation = document.operations.iter().next();
        let name = operation.and_then(|(name, _)| name.map(Name::to_string));
        let definitions = document.operations.iter();
        let definitions =
            definitions.flat_map(|(_, operation)| &operation.node.variable_definitions);
        let sizes = definitions.filter_map(|definition| size(&definition.node));
        let sizes = Variables::from_value(Value::Object(sizes.collect()));
        let mut request = Request::new(text).variables(sizes);
        request.operation_name = name;
        request.set_parsed_query(ExecutableDocument::clone(&document));
        let response = self.roots.execute(request).await;
        request::coded(response, &self.limits).errors
    }

    fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        let parse = |text: &str| request::parse(text, &self.limits);
        self.documents.get(text, parse).map_err(|refused| {
            let mut errors = refused.errors.into_iter();
            errors
                .next()
                .unwrap_or_else(|| ServerError::new("it can't be parsed", None))
        })
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

/// Ends a request where its execution would begin. For the schema that answers
/// this is no way: even an empty extension costs each field.
struct NotExecuted;

impl ExtensionFactory for NotExecuted {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for NotExecuted {
    async fn execute(
        &self,
        _: &ExtensionContext<'_>,
        _: Option<&str>,
        _: NextExecute<'_>,
    ) -> Response {
        Response::new(Value::Null)
    }
}
