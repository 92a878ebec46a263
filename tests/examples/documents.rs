//! What the examples ask for.

use std::collections::BTreeMap;

use async_graphql::parser::parse_query;
use masthead::app::App;
use masthead::graphql::persisted::{Mode, PersistedDocuments};
use masthead::graphql::trusted::Trusted;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::TestApp;

use super::{file, folder, import_sample};

const MANIFEST: &str = "mobile/src/generated/persisted-documents.json";

#[tokio::test]
async fn every_document_of_the_examples_finds_something_in_the_sample_publication() {
    let mut documents = vec![
        file("website/typed/src/documents.graphql"),
        file("mobile/src/documents.graphql"),
    ];
    documents.extend(of_module(&file("website/plain/documents.js")));
    documents.extend(manifest().into_values());
    assert_eq!(documents.len(), 8);

    TestApp::on_each_engine(async |app| {
        import_sample(app).await;
        for document in &documents {
            for locales in [json!(["en"]), json!(["be", "ru"])] {
                for (operation, answer) in answers(app, document, &locales).await {
                    assert_eq!(answer["errors"], Value::Null, "{operation}: {answer}");
                    let mut found = answer["data"].as_object().unwrap().values();
                    assert!(found.all(|value| !value.is_null()), "{operation}: {answer}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_manifest_of_the_app_has_its_documents_by_their_hashes_and_is_all_that_it_needs() {
    let types = file("mobile/src/generated/graphql.ts");

    TestApp::on_each_engine_with(trust_the_app_alone, async |app| {
        import_sample(app).await;
        for (id, text) in &manifest() {
            let hash: String = Sha256::digest(text)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(*id, format!("sha256:{hash}"));
            assert!(types.contains(&format!("\"{id}\"")), "{id}");

            let answer = asked(app, json!({ "documentId": id }), &json!(["be", "ru"])).await;

            assert_eq!(answer["errors"], Value::Null, "{id}");
        }
    })
    .await;
}

fn trust_the_app_alone(app: &mut App) {
    let trusted = Trusted::load(&folder().join(MANIFEST)).unwrap();
    app.persisted = PersistedDocuments::new(trusted, Mode::Trusted);
}

fn manifest() -> BTreeMap<String, String> {
    serde_json::from_str(&file(MANIFEST)).unwrap()
}

/// The documents that a module gives others, with the fragments that it puts
/// into them.
fn of_module(text: &str) -> Vec<String> {
    let mut fragments: Vec<(String, String)> = Vec::new();
    let mut documents = Vec::new();
    for part in text.split("const ").skip(1) {
        let (name, rest) = part.split_once(" = /* GraphQL */ `").unwrap();
        let (document, _) = rest.split_once('`').unwrap();
        let document = fragments
            .iter()
            .fold(document.to_owned(), |document, (name, fragment)| {
                document.replace(&format!("${{{name}}}"), fragment)
            });
        if document.trim_start().starts_with("fragment") {
            fragments.push((name.to_owned(), document));
        } else {
            documents.push(document);
        }
    }
    documents
}

/// The answers to each operation of a document, by their names.
async fn answers(app: &TestApp, document: &str, locales: &Value) -> Vec<(String, Value)> {
    let parsed = parse_query(document).unwrap();
    let mut answers = Vec::new();
    for (name, _) in parsed.operations.iter() {
        let name = name.unwrap().to_string();
        let question = json!({ "query": document, "operationName": name });
        let answer = asked(app, question, locales).await;
        answers.push((name, answer));
    }
    answers
}

/// The answer to a question. The variables are the same for all, whether a
/// document takes them or not: the latest issue, and an article of it.
async fn asked(app: &TestApp, mut question: Value, locales: &Value) -> Value {
    let found = app.query("{ latestIssue { number articles(first: 1) { nodes { id } } } }");
    let found = found.await;
    let issue = &found.expect_data()["latestIssue"];
    question["variables"] = json!({
        "locales": locales,
        "number": issue["number"],
        "id": issue["articles"]["nodes"][0]["id"],
    });
    let headers = [("content-type", "application/json")];
    let client = app.client();
    let reply = client.post("/graphql", &headers, question.to_string());
    reply.await.json()
}
