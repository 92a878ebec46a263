//! The parameters of a GET.

use std::borrow::Cow;

use async_graphql::Variables;
use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::{Parameters, missing, persisted_query, wanted};
use crate::error::Code;

/// The parameters that a query string holds; others are let be.
#[derive(Debug, Default)]
pub(in crate::http) struct QueryString<'a> {
    query: Option<Cow<'a, str>>,
    document_id: Option<Cow<'a, str>>,
    operation_name: Option<Cow<'a, str>>,
    variables: Option<Cow<'a, str>>,
    extensions: Option<Cow<'a, str>>,
    preview: Option<Cow<'a, str>>,
}

impl<'a> QueryString<'a> {
    /// Read a query string as `URLSearchParams` would, but for what is not
    /// UTF-8 and what is given twice: both are refused.
    pub(in crate::http) fn read(text: &'a str) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let place = match name {
                "query" => &mut parameters.query,
                "documentId" => &mut parameters.document_id,
                "operationName" => &mut parameters.operation_name,
                "variables" => &mut parameters.variables,
                "extensions" => &mut parameters.extensions,
                "preview" => &mut parameters.preview,
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

    /// Whether there is a request at all: a document, or what may name one.
    pub(in crate::http) fn has_request(&self) -> bool {
        self.query.is_some() || self.document_id.is_some() || self.extensions.is_some()
    }

    /// The preview token that they bring.
    pub(in crate::http) fn preview(&self) -> Option<&str> {
        self.preview.as_deref()
    }

    /// The request that they make.
    pub(in crate::http) fn into_parameters(self) -> Result<Parameters<'a>, Refusal> {
        let variables = object("variables", self.variables)?;
        let hash = persisted_query(object("extensions", self.extensions)?)?;
        let query = self.query.filter(|query| !query.is_empty());
        let document = wanted(query, self.document_id, hash)?;
        let document = document.ok_or_else(|| Refusal::not_graphql(missing("parameter")))?;
        Ok(Parameters {
            document,
            operation_name: self.operation_name.filter(|name| !name.is_empty()),
            variables: Variables::from_json(Value::Object(variables)),
        })
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
