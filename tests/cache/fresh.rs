//! Nobody is given what was overtaken: an app with caches answers as one
//! without, after every write.

use futures_util::future::join_all;
use masthead::app::App;
use masthead::cache::ResponseCache;
use masthead::database::Engine;
use masthead::http;
use masthead::schema;
use proptest::test_runner::{Config, TestRunner};
use support::{Client, TestApp, cluster};

use crate::change_log::replica::draft::{Round, rounds};
use crate::change_log::replica::write;

/// Questions of every kind: by one, in lists, counted, through edges.
const QUESTIONS: [&str; 9] = [
    "{ publication { name url defaultLocale locales { tag name } } }",
    "{ latestIssue { number title articles { nodes { slug topic { slug name } authors { name } } } } }",
    "{ articles { totalCount nodes { key slug title locale version trend corrections { text } } } }",
    "{ issues { nodes { number slug publishedAt availableLocales } } }",
    "{ topics { totalCount nodes { slug name position factsVersion articles { nodes { slug } } } } }",
    "{ authors { nodes { slug name bio version articles { totalCount } } } }",
    "{ translations { nodes { locale title slug version freshness } } }",
    "{ search(query: \"a\") { edges { node { slug } } } }",
    "{ archive { years { year count months { count issues { slug } } } } }",
];

#[test]
fn after_any_write_a_cached_answer_is_the_one_that_would_be_made() {
    let config = Config {
        cases: 6,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();

    let outcome = TestRunner::new(config).run(&rounds(), |rounds| {
        for engine in cluster::engines() {
            runtime.block_on(compare(engine, &rounds));
        }
        Ok(())
    });

    outcome.unwrap();
}

async fn compare(engine: Engine, rounds: &[Round]) {
    let app = TestApp::on(engine).await;
    let cached = app.client();
    for round in rounds {
        write(&app, &round.write).await;
        let without = without_caches(&app);
        for language in ["en", "be, ru", "ru"] {
            // Twice: what the first has stored the second is given.
            for _ in 0..2 {
                let [given, made] = [&cached, &without].map(|client| answers(client, language));
                assert_eq!(given.await, made.await, "after {:?}", round.write);
            }
        }
    }
    app.end().await;
}

async fn answers(client: &Client, language: &str) -> Vec<String> {
    join_all(QUESTIONS.iter().map(async |query| {
        let body = serde_json::json!({"query": query}).to_string();
        let headers = [
            ("content-type", "application/json"),
            ("accept-language", language),
        ];
        let reply = client.post("/graphql", &headers, body).await;
        reply.text().to_owned()
    }))
    .await
}

/// A server on the same database that remembers nothing.
fn without_caches(app: &TestApp) -> Client {
    let forgetful = App {
        responses: ResponseCache::new(0),
        ..app.app().clone()
    };
    Client::of(http::site(forgetful, schema::build()))
}
