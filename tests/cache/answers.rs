//! Which answers are given again, and to whom.

use futures_util::future::join_all;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{Client, Reply, TestApp};

const HIT: &str = "masthead; hit";
const STORED: &str = "masthead; fwd=miss; stored";
const BYPASS: &str = "masthead; fwd=bypass";

const NEWEST: &str = "{ articles(first: 3, locales: [en]) { nodes { slug title } } }";

async fn seed(app: &TestApp) {
    app.seed(issue(1).with([article("one"), article("two")]))
        .await;
}

async fn post(client: &Client, body: Value) -> Reply {
    let headers = [("content-type", "application/json")];
    client.post("/graphql", &headers, body.to_string()).await
}

#[tokio::test]
async fn a_question_that_is_asked_again_makes_no_statement() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();

        let first = client.query(NEWEST).await;
        let statements = app.database().statements();
        let again = client.query(NEWEST).await;

        assert_eq!(first.header("cache-status"), STORED);
        assert_eq!(again.header("cache-status"), HIT);
        assert_eq!(again.body, first.body);
        assert_eq!(app.database().statements(), statements);
    })
    .await;
}

#[tokio::test]
async fn questions_are_equal_by_what_they_mean_not_by_their_bytes() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        let query = "query A($first: Int, $filter: ArticleFilter) {
            articles(first: $first, filter: $filter) { nodes { slug } } }";
        let filter = json!({"title": {"contains": "o"}, "trend": {"eq": "IMPROVED"}});
        let asked =
            |variables: &str| format!(r#"{{"variables": {variables}, "query": {}}}"#, json!(query));
        let headers = [("content-type", "application/json")];
        let first = format!(r#"{{"first": 2, "filter": {filter}}}"#);
        let other =
            r#"{"filter": {"trend": {"eq": "IMPROVED"}, "title": {"contains": "o"}},  "first": 2}"#;

        let one = client.post("/graphql", &headers, asked(&first)).await;
        let same = client.post("/graphql", &headers, asked(other)).await;
        let different = client
            .post("/graphql", &headers, asked(r#"{"first": 1}"#))
            .await;

        assert_eq!(one.status, 200, "{}", one.text());
        assert_eq!(one.header("cache-status"), STORED);
        assert_eq!(same.header("cache-status"), HIT);
        assert_eq!(different.header("cache-status"), STORED);
    })
    .await;
}

#[tokio::test]
async fn the_operation_the_type_and_the_language_tell_questions_apart() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with([article("one"), article("two").only_in(["en"])]))
            .await;
        let client = app.client();
        let query = "query A { articles { totalCount } } query B { articles { nodes { locale } } }";
        let ask = async |operation: &str, headers: &[(&str, &str)]| {
            let body = json!({"query": query, "operationName": operation}).to_string();
            let headers = [headers, &[("content-type", "application/json")]].concat();
            client.post("/graphql", &headers, body).await
        };

        let mut answers = Vec::new();
        for (operation, headers) in [
            ("A", [("accept-language", "en")]),
            ("B", [("accept-language", "en")]),
            ("B", [("accept-language", "be, en;q=0.5")]),
            ("B", [("accept", "application/json")]),
        ] {
            let reply = ask(operation, &headers).await;
            assert_eq!(
                reply.header("cache-status"),
                STORED,
                "{operation} {headers:?}"
            );
            answers.push(reply);
        }
        // Other words for the same languages.
        let same = ask("B", &[("accept-language", "be-BY;q=0.9, fr, en;q=0.2")]).await;

        assert_eq!(same.header("cache-status"), HIT);
        assert_eq!(same.body, answers[2].body);
        assert!(answers.iter().all(|answer| {
            answer
                .header("vary")
                .split(", ")
                .any(|name| name == "accept-language")
        }));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_depend_on_the_language_header_does_not_vary_by_it() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let reply = app.client().query(NEWEST).await;

        let vary = reply.header("vary");
        assert!(!vary.contains("accept-language"), "{vary}");
    })
    .await;
}

#[tokio::test]
async fn equal_questions_at_once_are_executed_once() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        // Reads what every request needs.
        client.query("{ __typename }").await;
        let before = app.database().statements();
        client
            .query("{ topics { nodes { slug } } articles { nodes { key } } }")
            .await;
        let alone = app.database().statements() - before;

        let replies = join_all(
            (0..20)
                .map(|_| client.query("{ articles { nodes { key } } topics { nodes { slug } } }")),
        )
        .await;

        assert_eq!(app.database().statements() - before - alone, alone);
        assert!(replies.iter().all(|reply| reply.body == replies[0].body));
    })
    .await;
}

#[tokio::test]
async fn what_has_errors_is_never_kept() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        for query in [
            "{ articles(first: 1000) { totalCount } }",
            "{ latestIssue { number } article(by: {id: \"x\"}) { slug } }",
            "{ nowhere }",
        ] {
            for _ in 0..2 {
                let reply = client.query(query).await;

                assert_ne!(reply.header("cache-status"), HIT, "{query}");
                assert_eq!(reply.header("cache-control"), "no-store", "{query}");
                assert_eq!(reply.header("etag"), "", "{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_depends_on_who_asks_is_never_kept() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let key = app.make_key("desk", Role::Editor, &[]).await;
        let bearer = format!("Bearer {key}");
        let client = app.client();
        let drafts = "{ articles(states: [DRAFT]) { totalCount } }";
        let work = "{ articles { nodes { translations { isApproved } } } }";
        for query in [drafts, work] {
            for _ in 0..2 {
                let with = client.query_by(&bearer, query).await;
                let without = client.query(query).await;

                assert_eq!(with.header("cache-status"), BYPASS, "{}", with.text());
                assert_eq!(with.header("cache-control"), "private, no-store");
                assert_ne!(without.header("cache-status"), HIT);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_is_given_what_everybody_gets_from_the_same_cache() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let key = app.make_key("site", Role::Reader, &[]).await;
        let client = app.client();

        let with = client.query_by(&format!("Bearer {key}"), NEWEST).await;
        let without = client.query(NEWEST).await;

        assert_eq!(with.header("cache-status"), STORED);
        assert_eq!(with.header("cache-control"), "private, no-store");
        assert_eq!(without.header("cache-status"), HIT);
        assert!(without.header("cache-control").starts_with("public, "));
        assert_eq!(with.body, without.body);
    })
    .await;
}

#[tokio::test]
async fn a_mutation_is_done_each_time_it_is_sent() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let key = app.make_key("chief", Role::Admin, &[]).await;
        let client = app.client();
        let create = r#"mutation { topicCreate(input: {translations: [{locale: "en", name: "Water"}]}) {
            topic { slug } } }"#;
        let mut slugs = Vec::new();

        for _ in 0..2 {
            let reply = client.query_by(&format!("Bearer {key}"), create).await;
            assert_eq!(reply.header("cache-status"), BYPASS);
            slugs.push(reply.json()["data"]["topicCreate"]["topic"]["slug"].clone());
        }

        assert_eq!(slugs, [json!("water"), json!("water-2")]);
    })
    .await;
}

#[tokio::test]
async fn a_cache_of_no_bytes_keeps_nothing() {
    let without = |app: &mut masthead::app::App| {
        app.responses = masthead::cache::ResponseCache::new(0);
    };
    TestApp::on_each_engine_with(without, async |app| {
        seed(app).await;
        let client = app.client();

        let first = post(&client, json!({"query": NEWEST})).await;
        let again = post(&client, json!({"query": NEWEST})).await;

        assert_ne!(again.header("cache-status"), HIT);
        assert_eq!(first.body, again.body);
    })
    .await;
}
