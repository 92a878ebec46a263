//! What readers see while an issue comes out and is taken back.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{Content, article, issue};
use support::{TestApp, key};

use super::{publish, read};

/// An issue of eight articles in three languages that has not come out.
fn week() -> Content {
    let articles: Vec<_> = (1..=8)
        .map(|number| article(&format!("story-{number}")))
        .collect();
    issue(1).unpublished().with(articles)
}

/// How many words of articles readers see, by one statement.
async fn seen(app: &TestApp) -> i64 {
    let query = r#"{ translations(locales: ["en", "be", "ru"], filter: {type: {eq: ARTICLE}}) { totalCount } }"#;
    app.query(query)
        .await
        .at("/translations/totalCount")
        .as_i64()
        .unwrap()
}

/// What readers see of the issue with all that hangs on it: the number of words.
async fn shown(app: &TestApp) -> usize {
    let query = r#"{ issue(by: {number: 1}, locales: ["ru", "be", "en"]) {
        articles { nodes { translations { locale } } } } }"#;
    let answer = app.query(query).await;
    let nodes = answer.at("/issue").pointer("/articles/nodes").cloned();
    let nodes = nodes
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    nodes
        .map(|node| node["translations"].as_array().unwrap().len())
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_who_asks_throughout_a_publication_never_sees_a_part() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;
        let ended = AtomicBool::new(false);
        let write = async {
            let answer = publish(app, 1).await;
            ended.store(true, Ordering::SeqCst);
            answer
        };
        let watch = async {
            let mut counts = vec![shown(app).await];
            while !ended.load(Ordering::SeqCst) {
                counts.push(shown(app).await);
            }
            counts.push(shown(app).await);
            counts
        };

        let (answer, counts) = join(write, watch).await;

        assert_eq!(
            answer
                .at("/issuePublish/published")
                .as_array()
                .unwrap()
                .len(),
            24
        );
        assert_eq!(counts.last(), Some(&24));
        assert!(
            counts.iter().all(|count| [0, 24].contains(count)),
            "{counts:?}"
        );
        assert!(counts.is_sorted());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_publishers_do_readers_see_all_of_an_issue_or_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;
        let ended = AtomicBool::new(false);
        let write = async {
            for _ in 0..5 {
                publish(app, 1).await;
                let (issue, version) = read(app, 1).await;
                let input = json!({"issue": issue, "expectedVersion": version});
                let selection = "userErrors { code }";
                app.mutate_as(&key(Role::Publisher), "issueUnpublish", input, selection)
                    .await;
            }
            ended.store(true, Ordering::SeqCst);
        };
        let watch = async {
            let mut counts = Vec::new();
            while !ended.load(Ordering::SeqCst) {
                counts.push(seen(app).await);
            }
            counts
        };

        let ((), counts) = join(write, watch).await;

        assert!(
            counts.iter().all(|count| [0, 24].contains(count)),
            "{counts:?}"
        );
    })
    .await;
}
