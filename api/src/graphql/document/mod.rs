//! What is checked of a document before it is executed.

mod excess;
mod measure;
mod text;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use async_graphql::{Value, Variables};

use crate::error::{Code, shown};
use crate::graphql::limits::Limits;
use crate::graphql::refusal::Refusal;
use measure::{Count, Measure, directives};

pub use measure::Size;
pub use text::check_text;

/// How deep brackets of any kind may stand in each other, in a document and in
/// its variables. Both are read by recursion: what is nested deeper never gets
/// there.
const MAX_BRACKETS: usize = 64;

/// Check the variables of a document.
///
/// # Errors
/// If they are nested too deep.
pub fn check_variables(variables: &Variables) -> Result<(), Refusal> {
    let mut level: Vec<&Value> = variables.values().collect();
    for _ in 0..MAX_BRACKETS {
        level = level.into_iter().flat_map(within).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    let message = format!("variables are nested at most {MAX_BRACKETS} deep");
    let refusal = Refusal::new(Code::QueryTooDeep, message);
    Err(refusal.beyond(MAX_BRACKETS, MAX_BRACKETS + 1, None, &[]))
}

/// What a list or an object holds.
fn within(value: &Value) -> Vec<&Value> {
    match value {
        Value::List(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    }
}

/// Check a parsed document; its size.
///
/// # Errors
/// If a fragment spreads itself, or there is more of anything than its limit.
pub fn check(document: &ExecutableDocument, limits: &Limits) -> Result<Size, Refusal> {
    let mut measure = Measure::of(document);
    let mut total = Size::default();
    let mut roots = 0;
    for (_, operation) in document.operations.iter() {
        let size = directives(&operation.node.directives)
            .beside(measure.selection(&operation.node.selection_set.node));
        total = total.beside(size);
        roots = roots.max(size.level);
    }
    total.level = roots;
    if let Some(name) = measure.endless {
        let message = format!("the fragment \"{}\" spreads itself", shown(name));
        return Err(Refusal::new(Code::GraphqlValidationFailed, message));
    }
    for (count, code, limit) in counted(limits) {
        let value = count.of(&total);
        if value > limit {
            let place = excess::find(document, &mut measure, count, limit);
            let refusal = Refusal::new(code, said(count, limit, value));
            return Err(refusal.beyond(limit, value, place.at, &place.field));
        }
    }
    Ok(total)
}

/// What is limited, in the order in which it is checked.
fn counted(limits: &Limits) -> [(Count, Code, usize); 6] {
    let introspection = if limits.introspection { usize::MAX } else { 0 };
    [
        (Count::Depth, Code::QueryTooDeep, limits.depth),
        // Validation walks through a fragment as often as it is spread. Every
        // field counts at least one, so that no answerable document is refused
        // here.
        (Count::Fields, Code::QueryTooComplex, limits.complexity),
        (Count::Aliases, Code::TooManyAliases, limits.aliases),
        (
            Count::RootFields,
            Code::TooManyRootFields,
            limits.root_fields,
        ),
        (
            Count::Directives,
            Code::TooManyDirectives,
            limits.directives,
        ),
        (
            Count::Introspection,
            Code::IntrospectionDisabled,
            introspection,
        ),
    ]
}

fn said(count: Count, limit: usize, value: usize) -> String {
    match count {
        Count::Depth => format!("fields are nested at most {limit} deep, not {value}"),
        Count::Fields => format!(
            "a document holds at most {limit} fields, with its fragments spread; this one has more"
        ),
        Count::Aliases => format!("a document has at most {limit} aliases, not {value}"),
        Count::RootFields => {
            format!("an operation has at most {limit} fields at its root, not {value}")
        }
        Count::Directives => format!("a document has at most {limit} directives, not {value}"),
        Count::Introspection => {
            "introspection is switched off; the schema is under /schema.graphql".to_owned()
        }
    }
}

/// Check that the variables that an operation needs are given. What they hold
/// is checked against the schema later.
///
/// # Errors
/// If one is missing.
pub fn check_needed(operation: &OperationDefinition, given: &Variables) -> Result<(), Refusal> {
    let definitions = operation.variable_definitions.iter();
    for definition in definitions.map(|definition| &definition.node) {
        let needed = !definition.var_type.node.nullable && definition.default_value.is_none();
        if needed && !given.contains_key(&definition.name.node) {
            let message = format!(
                "the variable \"${}\" is of type {} and needs a value",
                definition.name.node, definition.var_type.node
            );
            return Err(Refusal::new(Code::GraphqlValidationFailed, message));
        }
    }
    Ok(())
}
