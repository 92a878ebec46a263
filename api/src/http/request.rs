//! GraphQL requests out of bodies and query strings: one form for all methods.

mod query_string;

use std::borrow::Cow;
use std::str::from_utf8;

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::error::Code;
use crate::graphql::persisted::Wanted;

pub(super) use query_string::QueryString;

/// A request, whichever way it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameters<'a> {
    pub(super) document: Wanted<'a>,
    /// `None` if it is empty, too.
    pub(super) operation_name: Option<Cow<'a, str>>,
    pub(super) variables: Variables,
}

impl<'a> Parameters<'a> {
    /// The request that a JSON body holds. All members but those of the
    /// specification are ignored, as must be.
    pub(super) fn from_json(body: &'a [u8]) -> Result<Self, Refusal> {
        if body.is_empty() {
            return Err(Refusal::new(
                Code::BadRequest,
                "the body is empty; it must be a JSON object with the member \"query\"",
            ));
        }
        let text = from_utf8(body).map_err(|error| {
            let place = error.valid_up_to();
            let message = format!("the body is not UTF-8: byte {place} is wrong");
            Refusal::new(Code::BadRequest, message)
        })?;
        let members: Members<'_> = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                Refusal::not_graphql(what_is_wrong(text))
            } else {
                let message = format!("the body is not JSON: {error}");
                Refusal::new(Code::BadRequest, message)
            }
        })?;
        members.into_parameters()
    }
}

/// The members of a body.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members<'a> {
    #[serde(borrow, default)]
    query: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    document_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    operation_name: Option<Cow<'a, str>>,
    #[serde(default)]
    variables: Option<Variables>,
    #[serde(default)]
    extensions: Option<Map<String, Value>>,
}

impl<'a> Members<'a> {
    fn into_parameters(self) -> Result<Parameters<'a>, Refusal> {
        let hash = persisted_query(self.extensions.unwrap_or_default())?;
        let document = wanted(self.query, self.document_id, hash)?;
        let document = document.ok_or_else(|| Refusal::not_graphql(missing("member")))?;
        Ok(Parameters {
            document,
            operation_name: self.operation_name.filter(|name| !name.is_empty()),
            variables: self.variables.unwrap_or_default(),
        })
    }
}

/// Why `text`, which is JSON, holds no request.
fn what_is_wrong(text: &str) -> String {
    let members = match serde_json::from_str(text) {
        Ok(Value::Object(members)) => members,
        Ok(Value::Array(_)) => {
            return "the body is a list: send one request at a time, as a JSON object".to_owned();
        }
        _ => return "the body is not a JSON object".to_owned(),
    };
    let is_other = |name: &str, is_right: fn(&Value) -> bool| {
        let member = members.get(name);
        member.is_some_and(|value| !value.is_null() && !is_right(value))
    };
    for name in ["query", "documentId", "operationName"] {
        if is_other(name, Value::is_string) {
            return format!("the member \"{name}\" must be a string");
        }
    }
    for name in ["variables", "extensions"] {
        if is_other(name, Value::is_object) {
            return format!("the member \"{name}\" must be an object");
        }
    }
    "a member of the body is given twice".to_owned()
}

/// The document that a request names, if it names one.
fn wanted<'a>(
    query: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
    hash: Option<String>,
) -> Result<Option<Wanted<'a>>, Refusal> {
    let refuse = |message: &str| Err(Refusal::not_graphql(message));
    match (query, id, hash) {
        (Some(_), Some(_), _) => {
            refuse("\"query\" and \"documentId\" don't go together: one of them names the document")
        }
        (_, Some(_), Some(_)) => refuse(
            "\"documentId\" and \"extensions.persistedQuery\" don't go together: one of them names the document",
        ),
        (None, Some(id), None) if id.is_empty() => {
            refuse("\"documentId\" is empty: it must be the id of a document")
        }
        (None, Some(id), None) => Ok(Some(Wanted::Id(id))),
        (text, None, Some(hash)) => Ok(Some(Wanted::Hash {
            hash: Cow::Owned(hash),
            text: text.filter(|text| !text.is_empty()),
        })),
        (Some(text), None, None) => Ok(Some(Wanted::Text(text))),
        (None, None, None) => Ok(None),
    }
}

/// The hash of Apollo's automatic persisted queries that extensions bring.
fn persisted_query(mut extensions: Map<String, Value>) -> Result<Option<String>, Refusal> {
    let refuse = |message: &str| Err(Refusal::not_graphql(message));
    let mut members = match extensions.remove("persistedQuery") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(members)) => members,
        Some(_) => return refuse("\"extensions.persistedQuery\" must be an object"),
    };
    if members.get("version") != Some(&Value::from(1)) {
        return refuse("\"extensions.persistedQuery.version\" must be 1");
    }
    match members.remove("sha256Hash") {
        Some(Value::String(hash)) => Ok(Some(hash)),
        _ => refuse("\"extensions.persistedQuery.sha256Hash\" must be a string"),
    }
}

fn missing(what: &str) -> String {
    format!(
        "the {what} \"query\" is missing: it must be a GraphQL document; or give a \"documentId\""
    )
}

#[cfg(test)]
mod tests;
