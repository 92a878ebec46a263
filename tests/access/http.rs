//! Keys over HTTP: what is answered, by status, header and code.

use chrono::Duration;
use masthead::access::Role;
use masthead::administration::api_key::{Which, revoke, rotate};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use support::{Reply, TestApp};

const KEYS: &str = "{ apiKeys { nodes { name } } }";
const OPEN: &str = "{ __typename }";

/// The status, the code, and what is asked for.
fn told(reply: &Reply) -> (u16, String, String) {
    (
        reply.status.as_u16(),
        reply.code().unwrap_or_default(),
        reply.header("www-authenticate").to_owned(),
    )
}

fn expected(status: u16, code: &str, challenge: &str) -> (u16, String, String) {
    (status, code.to_owned(), challenge.to_owned())
}

#[tokio::test]
async fn no_key_a_wrong_one_and_too_small_a_role_are_told_apart() {
    TestApp::on_each_engine(async |app| {
        let admin = app.make_key("chief", Role::Admin, &[]).await;
        let editor = app.make_key("desk", Role::Editor, &[]).await;
        let client = app.client();
        let wrong = format!("{}x", &admin[..admin.len() - 1]);

        let without = client.query(KEYS).await;
        let unknown = client.query_by(&format!("Bearer {wrong}"), KEYS).await;
        let small = client.query_by(&format!("Bearer {editor}"), KEYS).await;
        let right = client.query_by(&format!("Bearer {admin}"), KEYS).await;

        let realm = "Bearer realm=\"masthead\"";
        assert_eq!(told(&without), expected(401, "UNAUTHENTICATED", realm));
        let challenge = format!("{realm}, error=\"invalid_token\"");
        assert_eq!(told(&unknown), expected(401, "INVALID_KEY", &challenge));
        let challenge = format!("{realm}, error=\"insufficient_scope\"");
        assert_eq!(told(&small), expected(403, "FORBIDDEN", &challenge));
        let keys = json!({ "apiKeys": { "nodes": [{ "name": "chief" }, { "name": "desk" }] } });
        assert_eq!(right.json(), json!({ "data": keys }));
        assert_eq!(right.header("www-authenticate"), "");
    })
    .await;
}

#[tokio::test]
async fn whatever_is_sent_but_one_valid_bearer_is_an_invalid_key() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("desk", Role::Editor, &[]).await;
        let client = app.client();
        let bearer = format!("Bearer {key}");

        for sent in [
            "",
            "Bearer",
            "Bearer ",
            "Basic ZGVzazpkZXNr",
            &key,
            &format!("Token {key}"),
            &format!("Bearer {key} {key}"),
            &format!("Bearer {}", key.to_uppercase()),
            "Bearer mh_",
            "Bearer mh_0123456789ab_",
            &format!("Bearer {}", "x".repeat(5000)),
        ] {
            let reply = client.query_by(sent, OPEN).await;

            assert_eq!(reply.status, 401, "{sent}");
            assert_eq!(reply.code().as_deref(), Some("INVALID_KEY"), "{sent}");
            assert_eq!(reply.json()["data"], json!(null), "{sent}");
        }
        let twice = [("authorization", bearer.as_str()); 2];
        let twice = client.get("/graphql?query=%7B__typename%7D", &twice).await;
        assert_eq!(twice.code().as_deref(), Some("INVALID_KEY"));
        let lower = client.query_by(&format!("bearer {key}"), OPEN).await;
        assert_eq!(lower.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_has_expired_or_was_revoked_or_never_was_is_told_alike() {
    TestApp::on_each_engine(async |app| {
        let revoked = app.make_key("revoked", Role::Editor, &[]).await;
        let replaced = app.make_key("replaced", Role::Editor, &[]).await;
        let mut writing = app.writing().await;
        let which = |name: &str| Which::Name(name.to_owned());
        revoke(&mut writing, &which("revoked")).await.unwrap();
        rotate(&mut writing, &which("replaced"), Duration::zero())
            .await
            .unwrap();
        writing.commit().await.unwrap();
        let client = app.client();

        let mut bodies = Vec::new();
        for key in [&revoked, &replaced, "mh_0123456789ab_never"] {
            let reply = client.query_by(&format!("Bearer {key}"), OPEN).await;
            assert_eq!(reply.status, 401);
            bodies.push(reply.json());
        }

        assert_eq!(bodies[0], bodies[1]);
        assert_eq!(bodies[0], bodies[2]);
        let told = bodies[0]["errors"][0]["message"].as_str().unwrap();
        assert_eq!(
            told,
            "the key is not valid: it is unknown, has expired or was revoked"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_key_is_answered_is_stored_by_no_cache() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let client = app.client();

        let with = client.query_by(&format!("Bearer {key}"), OPEN).await;
        let without = client.query(OPEN).await;

        assert_eq!(with.header("cache-control"), "private, no-store");
        assert!(without.header("cache-control").starts_with("public, "));
        for reply in [with, without] {
            let vary = reply.header("vary");
            assert!(
                vary.split(", ").any(|name| name == "authorization"),
                "{vary}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_mutation_is_sent_by_post_and_with_a_key() {
    TestApp::on_each_engine(async |app| {
        let admin = app.make_key("chief", Role::Admin, &[]).await;
        let bearer = format!("Bearer {admin}");
        let client = app.client();
        let make = "mutation { apiKeyCreate(input: { name: \"site\", role: READER }) {
            apiKey { createdBy } userErrors { code } } }";

        let without = client.query(make).await;
        let with = client.query_by(&bearer, make).await;
        let path = "/graphql?query=mutation%7B__typename%7D";
        let by_get = client.get(path, &[("authorization", &bearer)]).await;

        let realm = "Bearer realm=\"masthead\"";
        assert_eq!(told(&without), expected(401, "UNAUTHENTICATED", realm));
        assert_eq!(without.json()["data"], json!(null));
        assert_eq!(with.status, 200);
        let payload = json!({ "apiKey": { "createdBy": "chief" }, "userErrors": [] });
        assert_eq!(with.json(), json!({ "data": { "apiKeyCreate": payload } }));
        assert_eq!(told(&by_get), expected(405, "METHOD_NOT_ALLOWED", ""));
    })
    .await;
}

#[tokio::test]
async fn a_key_that_can_not_be_looked_up_is_a_fault_without_its_cause() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let db = app.database().writer();
        let gone = db.execute_unprepared("DROP TABLE api_key_secrets").await;
        gone.unwrap();

        let reply = app.client().query_by(&format!("Bearer {key}"), OPEN).await;

        let body = reply.json();
        assert_eq!(
            (reply.status.as_u16(), reply.code().as_deref()),
            (500, Some("INTERNAL"))
        );
        assert_eq!(body["errors"][0]["message"], "internal error");
        assert!(body["errors"][0]["extensions"]["requestId"].is_string());
    })
    .await;
}

#[tokio::test]
async fn a_key_costs_one_statement_and_no_key_none() {
    TestApp::on_each_engine(async |app| {
        let key = app.make_key("site", Role::Reader, &[]).await;
        let client = app.client();
        let statements = || app.database().statements();
        // Reads the publication's locales.
        client.query("{ publication { defaultLocale } }").await;

        let before = statements();
        client.query(OPEN).await;
        let without = statements() - before;
        client.query_by(&format!("Bearer {key}"), OPEN).await;
        let with = statements() - before - without;
        client.query_by("Bearer mh_x", OPEN).await;
        let malformed = statements() - before - without - with;

        assert_eq!((without, with, malformed), (0, 1, 0));
    })
    .await;
}
