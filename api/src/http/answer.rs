//! GraphQL results as HTTP responses: status, type, bytes.

mod json;

use std::io;

use async_graphql::{Response as Result, ServerError, Value};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use hyper::ext::ReasonPhrase;

use super::caller::challenge;
use super::negotiation::{Format, GRAPHQL_RESPONSE, JSON};
use super::observe::RequestId;
use super::refusal::{self, status};
use crate::error::{Code, cause, line};
use crate::graphql::notes::Noted;

/// An answer that is written out.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) media_type: &'static str,
    pub(super) body: Bytes,
    /// What was told of it.
    pub(super) noted: Noted,
    challenge: Option<HeaderValue>,
    has_errors: bool,
    is_unavailable: bool,
}

/// `result` as the client reads it. Faults of the server are logged, each once.
pub(super) fn of(mut result: Result, format: Format, request_id: &RequestId) -> Answer {
    for error in &mut result.errors {
        note_fault(error, request_id);
    }
    let executed = executed(&result);
    let status = result_status(&result, executed, format);
    let codes = || result.errors.iter().filter_map(code);
    let challenge = codes()
        .filter(|code| refusal::status(*code) == status)
        .find_map(challenge);
    Answer {
        status,
        media_type: match format {
            Format::Json if status.is_success() => JSON,
            _ => GRAPHQL_RESPONSE,
        },
        body: written(&result, executed),
        noted: Noted::default(),
        challenge,
        has_errors: !result.errors.is_empty(),
        is_unavailable: codes().any(|code| code == Code::DatabaseUnavailable),
    }
}

/// The type of an answer without errors.
pub(super) const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Json => JSON,
        Format::GraphqlResponse => GRAPHQL_RESPONSE,
    }
}

impl Answer {
    /// Whether all that was asked for is there.
    pub(super) const fn is_whole(&self) -> bool {
        !self.has_errors
    }

    /// Whether the database did not answer.
    pub(super) const fn is_unavailable(&self) -> bool {
        self.is_unavailable
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        if self.status.canonical_reason().is_none() {
            // 294 is newer than the list of known statuses.
            let reason = ReasonPhrase::from_static(b"Partial Success");
            response.extensions_mut().insert(reason);
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        if let Some(challenge) = self.challenge {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        // What caches may keep is in our own, too.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.is_unavailable {
            headers.insert(
                RETRY_AFTER,
                HeaderValue::from_static(refusal::RETRY_AFTER_SECONDS),
            );
        }
        response
    }
}

fn written(result: &Result, executed: bool) -> Bytes {
    let mut bytes = Vec::with_capacity(4 * 1024);
    // Writing to memory does not fail, and what GraphQL answers is JSON.
    if let Err(fault) = write(result, executed, &mut bytes) {
        tracing::error!("an answer can't be written as JSON: {fault}");
    }
    bytes.into()
}

/// The members of an answer, errors first: who reads by hand sees them.
fn write(result: &Result, executed: bool, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.push(b'{');
    if !result.errors.is_empty() {
        begin("errors", bytes);
        serde_json::to_writer(&mut *bytes, &result.errors)?;
    }
    if executed {
        begin("data", bytes);
        json::write(&result.data, bytes)?;
    }
    if !result.extensions.is_empty() {
        begin("extensions", bytes);
        serde_json::to_writer(&mut *bytes, &result.extensions)?;
    }
    bytes.push(b'}');
    Ok(())
}

/// Begin a member of an object.
fn begin(name: &str, bytes: &mut Vec<u8>) {
    if bytes.last() != Some(&b'{') {
        bytes.push(b',');
    }
    bytes.push(b'"');
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(b"\":");
}

/// Whether the operation was begun. If not there is no `data`, not even
/// `null`. An error of execution has a path, one of the request has none.
fn executed(result: &Result) -> bool {
    let in_execution = |error: &ServerError| !error.path.is_empty() && !of_request(code(error));
    result.data != Value::Null || result.errors.is_empty() || result.errors.iter().any(in_execution)
}

/// Codes of faults in the document and its variables, wherever they are found:
/// a value that is not of its scalar's form is met only while executing.
fn of_request(code: Option<Code>) -> bool {
    matches!(
        code,
        Some(
            Code::GraphqlParseFailed
                | Code::GraphqlValidationFailed
                | Code::OperationNotFound
                | Code::TooManyTokens
                | Code::QueryTooDeep
                | Code::QueryTooComplex
                | Code::TooManyAliases
                | Code::TooManyRootFields
                | Code::TooManyDirectives
                | Code::IntrospectionDisabled
                | Code::InvalidValue
        )
    )
}

fn result_status(result: &Result, executed: bool, format: Format) -> StatusCode {
    let codes = || result.errors.iter().filter_map(code);
    if result.errors.is_empty() {
        return StatusCode::OK;
    }
    if !executed {
        return codes()
            .next()
            .map_or(StatusCode::UNPROCESSABLE_ENTITY, status);
    }
    // A server that could answer nothing has not succeeded in part: proxies
    // and clients that try again, or ask for a key, go by the status.
    let fault = codes().map(status).find(StatusCode::is_server_error);
    let refused = || codes().find(|code| challenge(*code).is_some()).map(status);
    match (fault, refused()) {
        (Some(fault), _) if is_nothing(&result.data) => fault,
        (None, Some(refused)) if result.data == Value::Null => refused,
        _ => partial_success(format),
    }
}

/// Whether `data` has no value at all.
fn is_nothing(data: &Value) -> bool {
    match data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        _ => false,
    }
}

/// 294 is not registered: it is for those who know the type that goes with it.
fn partial_success(format: Format) -> StatusCode {
    match format {
        Format::GraphqlResponse => StatusCode::from_u16(294).unwrap_or(StatusCode::OK),
        Format::Json => StatusCode::OK,
    }
}

fn code(error: &ServerError) -> Option<Code> {
    let Some(Value::String(text)) = error.extensions.as_ref()?.get("code") else {
        return None;
    };
    Code::ALL.into_iter().find(|code| code.as_str() == text)
}

/// Log a fault of the server with its causes, and tell the client the id that
/// finds it in the log.
fn note_fault(error: &mut ServerError, request_id: &RequestId) {
    let Some(code @ (Code::Internal | Code::DatabaseUnavailable)) = code(error) else {
        return;
    };
    let text = cause(error).map_or_else(|| error.message.clone(), |fault| line(fault));
    tracing::error!(
        request.id = request_id.as_str(),
        error.code = code.as_str(),
        "{text}"
    );
    error
        .extensions
        .get_or_insert_default()
        .set("requestId", request_id.as_str());
}

#[cfg(test)]
mod tests;
