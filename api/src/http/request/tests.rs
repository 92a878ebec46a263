//! The same request, whichever way it comes.

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, option};
use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::{Parameters, QueryString};
use crate::graphql::persisted::Wanted;

/// The parameters of requests; their names are those that there are.
fn parameters() -> impl Strategy<Value = Map<String, Value>> {
    let text = || "[ -~а-я]{1,20}".prop_map(Value::from);
    let hash = prop_oneof!["[0-9a-f]{64}", "[a-z]{0,5}"];
    let persisted = hash.prop_map(|hash| json!({ "version": 1, "sha256Hash": hash }));
    let extensions = prop_oneof![
        Just(json!({ "other": [1] })),
        persisted.prop_map(|persisted| json!({ "persistedQuery": persisted })),
    ];
    let variables = collection::btree_map("[a-z]{1,3}", text(), 0..4);
    (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(variables.prop_map(|variables| json!(variables))),
        option::of(extensions),
    )
        .prop_map(|(query, id, name, variables, extensions)| {
            [
                ("query", query),
                ("documentId", id),
                ("operationName", name),
                ("variables", variables),
                ("extensions", extensions),
            ]
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
        })
}

/// The query string with these parameters.
fn query_string(parameters: &Map<String, Value>) -> String {
    let mut form = Serializer::new(String::new());
    for (name, value) in parameters {
        let text = value.as_str().map_or(value.to_string(), str::to_owned);
        form.append_pair(name, &text);
    }
    form.finish()
}

proptest! {
    #[test]
    fn a_body_and_a_query_string_make_the_same_request(parameters in parameters()) {
        let body = Value::Object(parameters.clone()).to_string();
        let url = query_string(&parameters);

        let from_body = Parameters::from_json(body.as_bytes());
        let from_url = QueryString::read(&url).unwrap().into_parameters();

        match (from_body, from_url) {
            (Ok(from_body), Ok(from_url)) => assert_eq!(from_body, from_url),
            (from_body, from_url) => {
                // Both name two documents or none.
                let text = |error: Result<Parameters<'_>, super::Refusal>| {
                    format!("{:?}", error.unwrap_err()).replace("parameter", "member")
                };
                assert_eq!(text(from_body), text(from_url));
            }
        }
    }
}

#[test]
fn a_text_that_is_empty_is_as_good_as_none_beside_a_hash() {
    let hashed = r#"{"persistedQuery":{"version":1,"sha256Hash":"a"}}"#;
    let body = format!("{{\"query\":\"\",\"extensions\":{hashed}}}");

    let read = Parameters::from_json(body.as_bytes()).unwrap();

    let hash = Wanted::Hash {
        hash: "a".into(),
        text: None,
    };
    assert_eq!(read.document, hash);
}
