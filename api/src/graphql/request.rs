//! A request on its way to the schema, and the answer on its way back: what is
//! checked before, and the codes of what went wrong.

use async_graphql::{ErrorExtensionValues, Pos, Request, Response, ServerError};

use crate::error::{Code, cause};
use crate::graphql::document;
use crate::graphql::documents::Document;
use crate::graphql::limits::Limits;
use crate::graphql::refusal::Refusal;

/// Check the variables of a request whose document is known.
///
/// # Errors
/// If they are nested too deep, or one is missing that is needed.
pub fn check_variables(document: &Document, request: &Request) -> Result<(), Refusal> {
    document::check_variables(&request.variables)?;
    match document.operation(request.operation_name.as_deref()) {
        Some(operation) => document::check_needed(operation, &request.variables),
        // The schema says so, with a text of its own.
        None => Ok(()),
    }
}

/// Why a text is no document.
#[must_use]
pub fn not_graphql(error: &ServerError) -> Refusal {
    Refusal {
        place: error.locations.first().copied(),
        ..Refusal::new(Code::GraphqlParseFailed, syntax(error))
    }
}

/// An answer that could hold more than the limit. `field` is that of the root
/// at which it is passed, where there are several.
#[must_use]
pub fn too_complex(limits: &Limits, cost: usize, place: Option<Pos>, field: &[&str]) -> Refusal {
    let limit = limits.complexity;
    let message = format!(
        "an answer holds at most {limit} fields, pages counted at their full size; this one could hold more"
    );
    Refusal::new(Code::QueryTooComplex, message).beyond(limit, cost, place, field)
}

/// The answer with a code at every error.
#[must_use]
pub fn coded(mut response: Response) -> Response {
    for error in &mut response.errors {
        let code = match cause(error) {
            Some(fault) => fault.code(),
            // What has a path was met while executing: an argument that is
            // not of its scalar's form. What has none, while validating.
            None if !error.path.is_empty() => {
                error.message = reason(&error.message);
                Code::InvalidValue
            }
            None => validation_code(error),
        };
        set_code(error, code);
    }
    response
}

fn validation_code(error: &mut ServerError) -> Code {
    if error.message.starts_with("Unknown operation named")
        || error.message == "Operation name required in request."
    {
        return Code::OperationNotFound;
    }
    error.message = short(&error.message);
    Code::GraphqlValidationFailed
}

/// Why a document is not GraphQL, without a drawing of the place.
fn syntax(error: &ServerError) -> String {
    match (error.message.rsplit_once("\n  = "), error.locations.first()) {
        (Some((_, expected)), Some(place)) => format!(
            "line {}, column {}: {}",
            place.line,
            place.column,
            short(&expected.replace('_', " "))
        ),
        _ => short(&error.message),
    }
}

/// Why a value is refused, without the types that it was met in.
fn reason(message: &str) -> String {
    let mut reason = message;
    while let Some((before, _)) = reason
        .ends_with("\")")
        .then(|| reason.rsplit_once(" (occurred while parsing \""))
        .flatten()
    {
        reason = before;
    }
    if let Some((_, after)) = reason
        .strip_prefix("Failed to parse \"")
        .and_then(|rest| rest.split_once("\": "))
    {
        reason = after;
    }
    short(reason.trim_end_matches('.'))
}

/// A text that may hold what a client sent, at a length that can be read.
fn short(text: &str) -> String {
    const MOST: usize = 400;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn set_code(error: &mut ServerError, code: Code) {
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code.as_str());
}
