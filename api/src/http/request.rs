//! GraphQL requests out of bodies and query strings.

use std::borrow::Cow;
use std::str::from_utf8;

use async_graphql::{Request, Variables};
use percent_encoding::percent_decode;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::error::Code;

/// The request that `body` holds.
pub(super) fn from_json(body: &[u8]) -> Result<Request, Refusal> {
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
    let members: Members = serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            Refusal::not_graphql(what_is_wrong(text))
        } else {
            let message = format!("the body is not JSON: {error}");
            Refusal::new(Code::BadRequest, message)
        }
    })?;
    Ok(members.into_request())
}

/// The parameters that a query string holds; others are let be.
#[derive(Debug, Default)]
pub(super) struct Parameters<'a> {
    query: Option<Cow<'a, str>>,
    operation_name: Option<Cow<'a, str>>,
    variables: Option<Cow<'a, str>>,
    extensions: Option<Cow<'a, str>>,
    preview: Option<Cow<'a, str>>,
}

impl<'a> Parameters<'a> {
    /// Read a query string as `URLSearchParams` would, but for what is not
    /// UTF-8 and what is given twice: both are refused.
    pub(super) fn read(text: &'a str) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (place, name) = match name {
                "query" => (&mut parameters.query, name),
                "operationName" => (&mut parameters.operation_name, name),
                "variables" => (&mut parameters.variables, name),
                "extensions" => (&mut parameters.extensions, name),
                "preview" => (&mut parameters.preview, name),
                _ => continue,
            };
            if place.is_some() {
                let message = format!("\"{name}\" is given twice");
                return Err(Refusal::not_graphql(message));
            }
            *place = Some(decode(name, value)?);
        }
        Ok(parameters)
    }

    /// Whether there is a query at all.
    pub(super) fn has_query(&self) -> bool {
        self.query.is_some()
    }

    /// The preview token that they bring.
    pub(super) fn preview(&self) -> Option<&str> {
        self.preview.as_deref()
    }

    /// The request that they make.
    pub(super) fn into_request(self) -> Result<Request, Refusal> {
        let query = self
            .query
            .filter(|query| !query.is_empty())
            .ok_or_else(|| {
                Refusal::not_graphql(
                    "the parameter \"query\" is missing: it must be a GraphQL document",
                )
            })?;
        let variables = object("variables", self.variables)?;
        object("extensions", self.extensions)?;
        let mut request =
            Request::new(query).variables(Variables::from_json(Value::Object(variables)));
        request.operation_name = self
            .operation_name
            .map(Cow::into_owned)
            .filter(|name| !name.is_empty());
        Ok(request)
    }
}

/// The members of a request; all others are ignored, as must be.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Variables>,
    /// Nothing is known that a client could want here.
    #[serde(default)]
    #[expect(dead_code, reason = "read so that its type is checked")]
    extensions: Option<std::collections::BTreeMap<String, IgnoredAny>>,
}

impl Members {
    fn into_request(self) -> Request {
        let mut request = Request::new(self.query);
        request.variables = self.variables.unwrap_or_default();
        request.operation_name = self.operation_name.filter(|name| !name.is_empty());
        request
    }
}

/// Why `text`, which is JSON, holds no request.
fn what_is_wrong(text: &str) -> &'static str {
    let members = match serde_json::from_str(text) {
        Ok(Value::Object(members)) => members,
        Ok(Value::Array(_)) => {
            return "the body is a list: send one request at a time, as a JSON object";
        }
        _ => return "the body is not a JSON object",
    };
    match members.get("query") {
        None => return "the member \"query\" is missing: it must be a GraphQL document",
        Some(Value::String(_)) => {}
        Some(_) => return "the member \"query\" must be a string",
    }
    let optional = |name: &str| members.get(name).filter(|value| !value.is_null());
    if optional("operationName").is_some_and(|value| !value.is_string()) {
        "the member \"operationName\" must be a string"
    } else if optional("variables").is_some_and(|value| !value.is_object()) {
        "the member \"variables\" must be an object"
    } else if optional("extensions").is_some_and(|value| !value.is_object()) {
        "the member \"extensions\" must be an object"
    } else {
        "a member of the body is given twice"
    }
}

fn decode<'a>(name: &str, value: &'a str) -> Result<Cow<'a, str>, Refusal> {
    let refuse = |_| {
        let message = format!("the parameter \"{name}\" is not UTF-8");
        Refusal::new(Code::BadRequest, message)
    };
    if value.contains('+') {
        let spaced = value.replace('+', " ");
        let decoded = percent_decode(spaced.as_bytes()).decode_utf8();
        return decoded
            .map(|text| Cow::Owned(text.into_owned()))
            .map_err(refuse);
    }
    percent_decode(value.as_bytes())
        .decode_utf8()
        .map_err(refuse)
}

/// The JSON object that a parameter holds; an empty one is as good as none.
fn object(name: &str, text: Option<Cow<'_, str>>) -> Result<Map<String, Value>, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(Map::new());
    };
    match serde_json::from_str(&text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => {
            let message = format!("the parameter \"{name}\" must be a JSON object");
            Err(Refusal::not_graphql(message))
        }
        Err(error) => {
            let message = format!("the parameter \"{name}\" is not JSON: {error}");
            Err(Refusal::new(Code::BadRequest, message))
        }
    }
}
