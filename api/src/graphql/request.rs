//! A request on its way to the schema, and the answer on its way back: what is
//! checked before, and the codes of what went wrong.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{ErrorExtensionValues, Request, Response, ServerError};

use crate::error::{Code, cause};
use crate::graphql::document::{self, Refusal};
use crate::graphql::documents::Documents;
use crate::graphql::limits::Limits;

/// Parse the document of `request`, unless it is known, and hold it and its
/// variables to the limits.
///
/// # Errors
/// The answer to a document that is refused.
pub fn prepare(
    mut request: Request,
    limits: &Limits,
    documents: &Documents,
) -> Result<Request, Box<Response>> {
    document::check_variables(&request.variables).map_err(refused)?;
    let parsed = documents.get(&request.query, |text| parse(text, limits))?;
    let operation = request.operation_name.as_deref();
    document::check_needed(&parsed, operation, &request.variables).map_err(refused)?;
    request.set_parsed_query(ExecutableDocument::clone(&parsed));
    Ok(request)
}

/// Whether `request`, as it came in, asks for more than reading, which a GET
/// must not do.
#[must_use]
pub fn changes(request: &mut Request, limits: &Limits) -> bool {
    // Most documents need no second look; one beyond the limits is refused soon
    // enough, and not parsed before.
    if !request.query.contains("mutation") && !request.query.contains("subscription") {
        return false;
    }
    document::check_text(&request.query, limits).is_ok() && is_change(request)
}

/// The same for a request that is [`prepare`]d.
#[must_use]
pub fn is_change(request: &mut Request) -> bool {
    let name = request.operation_name.clone();
    // One that can't be parsed is refused soon enough.
    let Ok(document) = request.parsed_query() else {
        return false;
    };
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(named), Some(name)) => named.get(name.as_str()),
        (DocumentOperations::Multiple(named), None) => named.values().next(),
    };
    operation.is_some_and(|operation| operation.node.ty != OperationType::Query)
}

/// Parse a text within the limits.
///
/// # Errors
/// The answer to one that is no document, or beyond a limit.
pub fn parse(text: &str, limits: &Limits) -> Result<ExecutableDocument, Box<Response>> {
    document::check_text(text, limits).map_err(refused)?;
    let parsed = parse_query(text).map_err(|error| {
        let mut error = ServerError::from(error);
        error.message = syntax(&error);
        set_code(&mut error, Code::GraphqlParseFailed);
        Box::new(Response::from_errors(vec![error]))
    })?;
    document::check(&parsed, limits).map_err(refused)?;
    Ok(parsed)
}

/// The answer with a code at every error.
#[must_use]
pub fn coded(mut response: Response, limits: &Limits) -> Response {
    for error in &mut response.errors {
        let code = match cause(error) {
            Some(fault) => fault.code(),
            // What has a path was met while executing: an argument that is
            // not of its scalar's form. What has none, while validating.
            None if !error.path.is_empty() => {
                error.message = reason(&error.message);
                Code::InvalidValue
            }
            None => validation_code(error, limits),
        };
        set_code(error, code);
    }
    response
}

fn validation_code(error: &mut ServerError, limits: &Limits) -> Code {
    if error.message == "Query is too complex." {
        error.message = format!(
            "an answer holds at most {} fields, pages counted at their full size; this one could hold more",
            limits.complexity
        );
        return Code::QueryTooComplex;
    }
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

fn refused(refusal: Refusal) -> Box<Response> {
    let mut error = ServerError::new(refusal.message, None);
    set_code(&mut error, refusal.code);
    Box::new(Response::from_errors(vec![error]))
}

fn set_code(error: &mut ServerError, code: Code) {
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code.as_str());
}
