//! Trusted documents: those of manifests, and a server that answers no others.

use std::fs;

use masthead::access::Role;
use masthead::app::App;
use masthead::graphql::persisted::{Mode, PersistedDocuments};
use masthead::graphql::trusted::Trusted;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::{Client, Reply, TestApp};

const ROOT: &str = "query Root { __typename }";
const OTHER: &str = "query Other { __typename }";

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Trust a document in a file, one of Apollo's manifest and one of Relay's.
fn trust(app: &mut App, mode: Mode) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("root.graphql"), ROOT).unwrap();
    let apollo = json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            { "id": "x-web:1", "name": "Write", "type": "mutation", "body": "mutation Write { __typename }" },
            { "id": "x-web:2", "name": "Wrong", "type": "query", "body": "query Wrong { nothingOfTheKind }" },
        ],
    });
    fs::write(folder.path().join("web.json"), apollo.to_string()).unwrap();
    let relay = json!({ "3be4abb81fa595e25eb725b2c6a87508": "query App { app: __typename }" });
    fs::write(folder.path().join("app.json"), relay.to_string()).unwrap();
    app.persisted = PersistedDocuments::new(Trusted::load(folder.path()).unwrap(), mode);
}

async fn post(client: &Client, authorization: Option<&str>, parameters: &Value) -> Reply {
    let mut headers = vec![
        ("content-type", "application/json"),
        ("accept", "application/graphql-response+json"),
    ];
    headers.extend(authorization.map(|value| ("authorization", value)));
    client
        .post("/graphql", &headers, parameters.to_string())
        .await
}

#[tokio::test]
async fn a_document_is_asked_for_by_its_id() {
    for mode in [Mode::Open, Mode::Trusted] {
        TestApp::on_each_engine_with(
            |app| trust(app, mode),
            async |app| {
                let client = app.client();
                let by_hash = format!("sha256:{}", hash(ROOT));
                for (id, data) in [
                    ("root", json!({ "__typename": "Query" })),
                    (by_hash.as_str(), json!({ "__typename": "Query" })),
                    (&by_hash[7..], json!({ "__typename": "Query" })),
                    (
                        "3be4abb81fa595e25eb725b2c6a87508",
                        json!({ "app": "Query" }),
                    ),
                    ("x-web:1", json!({ "__typename": "Mutation" })),
                ] {
                    let reply = post(&client, None, &json!({ "documentId": id })).await;

                    assert_eq!(reply.json(), json!({ "data": data }), "{id}");
                }
                let got = client.get("/graphql?documentId=root", &[]).await;
                assert_eq!(got.json()["data"]["__typename"], "Query");
                let written = client.get("/graphql?documentId=x-web:1", &[]).await;
                assert_eq!(written.status, 405);
            },
        )
        .await;
    }
}

#[tokio::test]
async fn an_unknown_id_and_a_document_that_does_not_fit_the_schema_are_refused() {
    TestApp::on_each_engine_with(
        |app| trust(app, Mode::Trusted),
        async |app| {
            let client = app.client();

            let unknown = post(&client, None, &json!({ "documentId": "home" })).await;
            let wrong = post(&client, None, &json!({ "documentId": "x-web:2" })).await;

            assert_eq!(unknown.status, 422);
            assert_eq!(unknown.code().as_deref(), Some("PERSISTED_QUERY_NOT_FOUND"));
            let message = &unknown.json()["errors"][0]["message"];
            assert_eq!(message, "there is no document with the id \"home\"");
            assert_eq!(unknown.header("cache-control"), "no-store");
            assert_eq!(wrong.code().as_deref(), Some("GRAPHQL_VALIDATION_FAILED"));
        },
    )
    .await;
}

#[tokio::test]
async fn a_server_of_trusted_documents_answers_others_to_editors_alone() {
    TestApp::on_each_engine_with(
        |app| trust(app, Mode::Trusted),
        async |app| {
            let client = app.client();
            let partner = app.make_key("partner", Role::Partner, &[]).await;
            let editor = app.make_key("desk", Role::Editor, &[]).await;
            let [partner, editor] = [partner, editor].map(|key| format!("Bearer {key}"));
            let hashed = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(OTHER) } });
            for parameters in [
                json!({ "query": OTHER }),
                json!({ "query": "{ __schema { types { name } } }" }),
                json!({ "query": OTHER, "extensions": hashed }),
                json!({ "extensions": hashed }),
            ] {
                let allowed = post(&client, Some(&editor), &parameters).await;
                assert_eq!(allowed.status, 200, "{parameters}");

                for authorization in [None, Some(partner.as_str())] {
                    let refused = post(&client, authorization, &parameters).await;

                    assert_eq!(refused.status, 403, "{parameters}");
                    assert_eq!(refused.code().as_deref(), Some("TRUSTED_DOCUMENTS_ONLY"));
                    assert_eq!(refused.header("www-authenticate"), "");
                    assert_eq!(refused.json().get("data"), None);
                }
            }
        },
    )
    .await;
}

#[tokio::test]
async fn the_text_of_a_trusted_document_is_as_good_as_its_id() {
    TestApp::on_each_engine_with(
        |app| trust(app, Mode::Trusted),
        async |app| {
            let client = app.client();
            let hashed = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(ROOT) } });
            for parameters in [
                json!({ "query": ROOT }),
                json!({ "query": ROOT, "extensions": hashed }),
                json!({ "extensions": hashed }),
            ] {
                let reply = post(&client, None, &parameters).await;

                assert_eq!(reply.status, 200, "{parameters}");
            }
            let spaced = post(&client, None, &json!({ "query": format!("{ROOT} ") })).await;
            assert_eq!(spaced.code().as_deref(), Some("TRUSTED_DOCUMENTS_ONLY"));
        },
    )
    .await;
}
