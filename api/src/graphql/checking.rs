//! Looking at a document without executing it.
//!
//! A schema with this extension holds a document to every rule, keeps what it
//! would cost, and answers nothing. The schema that answers has no extension:
//! even an empty one costs each field.

use std::sync::{Arc, OnceLock};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation,
};
use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationDefinition, Type};
use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql::{ObjectType, SubscriptionType};
use async_graphql::{
    Request, Response, Schema, SchemaEnv, ServerError, ValidationResult, Value, Variables,
};

/// The extension: documents are checked and not executed.
#[derive(Clone, Default)]
#[expect(missing_debug_implementations, reason = "a schema has none")]
pub struct CheckOnly(Arc<OnceLock<SchemaEnv>>);

/// What a document was found to cost.
#[derive(Debug, Default)]
struct Found(OnceLock<usize>);

impl ExtensionFactory for CheckOnly {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_trait]
impl Extension for CheckOnly {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        self.0.get_or_init(|| ctx.schema_env.clone());
        let result = next.run(ctx).await?;
        if let Some(found) = ctx.data_opt::<Arc<Found>>() {
            found.0.get_or_init(|| result.complexity);
        }
        Ok(result)
    }

    async fn execute(
        &self,
        _: &ExtensionContext<'_>,
        _: Option<&str>,
        _: NextExecute<'_>,
    ) -> Response {
        Response::new(Value::Null)
    }
}

impl CheckOnly {
    /// Whether the variables are certain to fit what `operation` declares, as
    /// the schema would find. What is not certain, such as a `null` where there
    /// is a default, is for the schema itself to look at.
    #[must_use]
    pub fn surely_fit(&self, operation: &OperationDefinition, variables: &Variables) -> bool {
        let definitions = &operation.variable_definitions;
        let Some(schema) = self.0.get() else {
            return definitions.is_empty();
        };
        definitions.iter().all(|definition| {
            let definition = &definition.node;
            match variables.get(&definition.name.node) {
                // One that is needed was missed before.
                None => true,
                Some(Value::Null) => {
                    definition.var_type.node.nullable && definition.default_value.is_none()
                }
                Some(value) => fits(&schema.registry, &definition.var_type.node, value),
            }
        })
    }
}

/// What `document` costs with these variables, by a schema that has
/// [`CheckOnly`].
///
/// # Errors
/// What the schema has against it; at most a few of its faults.
pub async fn look_at<Query, Mutation, Subscription>(
    schema: &Schema<Query, Mutation, Subscription>,
    document: &ExecutableDocument,
    request: &Request,
) -> Result<usize, Response>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    /// Each unknown name of a document is a fault of its own.
    const MOST_FAULTS: usize = 20;
    let found = Arc::new(Found::default());
    let mut asked = Request::new(String::new())
        .variables(request.variables.clone())
        .data(Arc::clone(&found));
    asked.operation_name.clone_from(&request.operation_name);
    asked.set_parsed_query(document.clone());
    let mut response = schema.execute(asked).await;
    if response.errors.is_empty() {
        return Ok(found.0.get().copied().unwrap_or_default());
    }
    response.errors.truncate(MOST_FAULTS);
    Err(response)
}

/// Whether a value fits a type, as validation has it.
fn fits(registry: &Registry, of_type: &Type, value: &Value) -> bool {
    if *value == Value::Null {
        return of_type.nullable;
    }
    match (&of_type.base, value) {
        (BaseType::List(of_item), Value::List(items)) => {
            items.iter().all(|item| fits(registry, of_item, item))
        }
        // One value passes for a list of it.
        (BaseType::List(of_item), value) => fits(registry, of_item, value),
        (BaseType::Named(name), value) => fits_named(registry, name, value),
    }
}

fn fits_named(registry: &Registry, name: &str, value: &Value) -> bool {
    match registry.types.get(name) {
        Some(MetaType::Scalar { is_valid, .. }) => {
            is_valid.as_ref().is_none_or(|is_valid| is_valid(value))
        }
        Some(MetaType::Enum { enum_values, .. }) => match value {
            Value::Enum(name) => enum_values.contains_key(name.as_str()),
            Value::String(name) => enum_values.contains_key(name),
            _ => false,
        },
        Some(MetaType::InputObject {
            input_fields,
            oneof,
            ..
        }) => {
            let Value::Object(given) = value else {
                return false;
            };
            let one = || given.len() == 1 && given.values().all(|value| *value != Value::Null);
            (!oneof || one())
                && given
                    .keys()
                    .all(|name| input_fields.contains_key(name.as_str()))
                && input_fields.values().all(|field| {
                    let named = MetaTypeName::create(&field.ty);
                    match given.get(field.name.as_str()) {
                        Some(value) => fits_meta(registry, named, value),
                        None => !named.is_non_null() || field.default_value.is_some(),
                    }
                })
        }
        _ => false,
    }
}

/// The same for a type as the registry writes it: `[Locale!]`.
fn fits_meta(registry: &Registry, of_type: MetaTypeName<'_>, value: &Value) -> bool {
    match of_type {
        MetaTypeName::NonNull(inner) => {
            *value != Value::Null && fits_meta(registry, MetaTypeName::create(inner), value)
        }
        _ if *value == Value::Null => true,
        MetaTypeName::List(inner) => {
            let of_item = MetaTypeName::create(inner);
            match value {
                Value::List(items) => items.iter().all(|item| fits_meta(registry, of_item, item)),
                value => fits_meta(registry, of_item, value),
            }
        }
        MetaTypeName::Named(name) => fits_named(registry, name, value),
    }
}
