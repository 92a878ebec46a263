//! Manifests, as the tools of clients write them.
//!
//! - Apollo's: `{"format": "apollo-persisted-query-manifest", "version": 1,
//!   "operations": [{"id": …, "name": …, "type": …, "body": …}]}`.
//! - Relay's: `{"<id>": "<text>"}`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::error::shown;

/// The one format that Apollo's tools write.
const APOLLO: &str = "apollo-persisted-query-manifest";

/// A document of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) text: String,
}

/// The documents of a manifest of either kind, in its order. The error says
/// what is wrong with it.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, String> {
    let Members(members) =
        serde_json::from_str(text).map_err(|error| format!("it is no manifest: {error}"))?;
    let is_apollo = |(name, value): &(String, Value)| {
        name == "operations" && !value.is_string() || name == "format"
    };
    if members.iter().any(is_apollo) {
        apollo(members)
    } else {
        relay(members)
    }
}

fn apollo(members: Vec<(String, Value)>) -> Result<Vec<Entry>, String> {
    let (mut format, mut version, mut operations) = (Value::Null, Value::Null, Value::Null);
    for (name, value) in members {
        match name.as_str() {
            "format" => format = value,
            "version" => version = value,
            "operations" => operations = value,
            _ => {}
        }
    }
    if format != APOLLO {
        return Err(format!(
            "its format is {}, and only \"{APOLLO}\" and Relay's are read",
            shown(&format.to_string())
        ));
    }
    if version != 1 {
        let version = version.to_string();
        return Err(format!(
            "its version is {}, and only 1 is read",
            shown(&version)
        ));
    }
    let Value::Array(operations) = operations else {
        return Err("the member \"operations\" must be a list".to_owned());
    };
    let operations = operations.into_iter().enumerate();
    operations
        .map(|(place, mut operation)| {
            let mut take = |name: &str| match operation.get_mut(name).map(Value::take) {
                Some(Value::String(text)) => Ok(text),
                _ => Err(format!(
                    "operation {} has no \"{name}\", which must be a string",
                    place + 1
                )),
            };
            Ok(Entry {
                id: take("id")?,
                text: take("body")?,
            })
        })
        .collect()
}

fn relay(members: Vec<(String, Value)>) -> Result<Vec<Entry>, String> {
    members
        .into_iter()
        .map(|(id, value)| match value {
            Value::String(text) => Ok(Entry { id, text }),
            _ => Err(format!(
                "the member \"{}\" must be a string: the text of a document",
                shown(&id)
            )),
        })
        .collect()
}

/// The members of an object as they come: a name that is given twice must not
/// hide the first.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, read};

    fn entry(id: &str, text: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn both_kinds_of_manifest_are_read_in_their_order() {
        let apollo = r#"{
            "format": "apollo-persisted-query-manifest", "version": 1, "more": [],
            "operations": [
                {"id": "b", "name": "B", "type": "query", "body": "query B { b }", "clientName": null},
                {"id": "a", "body": "query A { a }"}
            ]
        }"#;
        let relay = r#"{"b": "query B { b }", "a": "query A { a }"}"#;
        let expected = [entry("b", "query B { b }"), entry("a", "query A { a }")];

        assert_eq!(read(apollo).as_deref(), Ok(&expected[..]));
        assert_eq!(read(relay).as_deref(), Ok(&expected[..]));
    }

    #[test]
    fn a_name_that_is_given_twice_is_there_twice() {
        let read = read(r#"{"a": "{ b }", "a": "{ c }"}"#);

        assert_eq!(read, Ok(vec![entry("a", "{ b }"), entry("a", "{ c }")]));
    }

    #[test]
    fn operations_may_be_the_id_of_a_relay_document() {
        let read = read(r#"{"operations": "{ a }"}"#);

        assert_eq!(read, Ok(vec![entry("operations", "{ a }")]));
    }

    #[test]
    fn what_is_no_manifest_is_told_why() {
        for (text, reason) in [
            (
                "",
                "it is no manifest: EOF while parsing a value at line 1 column 0",
            ),
            (
                "{\n\"a\": \"b\"",
                "it is no manifest: EOF while parsing an object at line 2 column 8",
            ),
            (
                "[]",
                "it is no manifest: invalid type: sequence, expected an object at line 1 column 0",
            ),
            (
                r#"{"a": {"b": 1}}"#,
                "the member \"a\" must be a string: the text of a document",
            ),
            (
                r#"{"format": "another", "version": 1, "operations": []}"#,
                "its format is \"another\", and only \"apollo-persisted-query-manifest\" and Relay's are read",
            ),
            (
                r#"{"version": 1, "operations": []}"#,
                "its format is null, and only \"apollo-persisted-query-manifest\" and Relay's are read",
            ),
            (
                r#"{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}"#,
                "its version is 2, and only 1 is read",
            ),
            (
                r#"{"format": "apollo-persisted-query-manifest", "version": 1}"#,
                "the member \"operations\" must be a list",
            ),
            (
                r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}"#,
                "operation 1 has no \"body\", which must be a string",
            ),
            (
                r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [7]}"#,
                "operation 1 has no \"id\", which must be a string",
            ),
        ] {
            assert_eq!(read(text), Err(reason.to_owned()));
        }
    }
}
