//! Whatever is written, an answer that differs has a tag that is purged.

use std::collections::BTreeSet;

use async_graphql::Request;
use masthead::cache::tag::{Tag, joined, told};
use masthead::database::Engine;
use masthead::delivery::purge::tags_of;
use masthead::graphql::context::Asker;
use masthead::schema;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use support::{TestApp, cluster};

use super::questions::{LOCALES, QUESTIONS};
use crate::change_log::replica::draft::{Round, Write, rounds};
use crate::change_log::replica::write;
use crate::change_log::{entries, position};

#[test]
fn an_answer_that_differs_has_a_tag_that_is_purged() {
    let config = Config {
        cases: 8,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let drawn = (many(), vec(question(), 60));

    let outcome = TestRunner::new(config).run(&drawn, |(rounds, questions)| {
        for engine in cluster::engines() {
            runtime.block_on(hold(engine, &rounds, &questions));
        }
        Ok(())
    });

    outcome.unwrap();
}

/// Writes of which each changes little: what changes much is purged by many
/// tags, of which one is enough.
fn many() -> impl Strategy<Value = Vec<Round>> {
    vec(rounds(), 3).prop_map(|rounds| {
        let changes_much = |write: &Write| {
            !matches!(
                write,
                Write::Mutation(_) | Write::Correct(_) | Write::Compact
            )
        };
        let rounds = rounds.into_iter().flatten().enumerate();
        let kept = rounds.filter(|(place, round)| place % 16 == 0 || !changes_much(&round.write));
        kept.map(|(_, round)| round).collect()
    })
}

fn question() -> impl Strategy<Value = String> {
    (select(QUESTIONS), select(LOCALES), any::<Index>()).prop_map(|(question, locales, which)| {
        // Things are few, so that writes meet them.
        let id = |kind: &str, most: usize| {
            let number = i64::try_from(which.index(most)).unwrap() + 1;
            masthead::graphql::id::encode(kind, number).to_string()
        };
        question
            .replace("$locales", locales)
            .replace("$article", &id("Article", 5))
            .replace("$issue", &id("Issue", 2))
            .replace("$topic", &id("Topic", 3))
            .replace("$author", &id("Author", 3))
            .replace("$words", &id("ArticleTranslation", 12))
            .replace("$n", &which.index(3).to_string())
    })
}

/// An answer that a cache may keep.
struct Kept {
    body: String,
    tags: BTreeSet<Tag>,
}

async fn hold(engine: Engine, rounds: &[Round], questions: &[String]) {
    let app = TestApp::on(engine).await;
    let mut kept: Vec<Option<Kept>> = Vec::new();
    for round in rounds {
        let before = position(&app).await;
        let done = linked(&round.write);
        write(&app, &done).await;
        let entries = entries(&app, before).await;
        let purged = tags_of(app.database(), &entries).await.unwrap();

        let mut present = Vec::new();
        for question in questions {
            present.push(ask(&app, question).await);
        }
        for ((question, before), after) in questions.iter().zip(&kept).zip(&present) {
            let Some(before) = before else {
                continue;
            };
            let body = after.as_ref().map(|after| &after.body);
            assert!(
                body == Some(&before.body) || !purged.is_disjoint(&before.tags),
                "{question}\nwas {}\nis {}\nheld {}\nof {} was purged {}\n{done:?}",
                before.body,
                body.map_or("an error", String::as_str),
                joined(&before.tags, " "),
                entries.len(),
                joined(&purged, " "),
            );
        }
        kept = present;
    }
    app.end().await;
}

/// The same write, with links between bodies, and addresses that name everything.
fn linked(write: &Write) -> Write {
    let Write::Import { records, prune } = write else {
        return write.clone();
    };
    let records = records
        .replace(
            r#""body":"Ice""#,
            r#""body":"[Ice](article:article-1) and [wells](article:article-3)""#,
        )
        .replace(
            r#""url":"https://example.org""#,
            r#""url":"https://example.org","paths":{"article":"/{locale}/{week}/{issue}/{topic}/{slug}"}"#,
        );
    Write::Import {
        records,
        prune: *prune,
    }
}

/// `None`: no cache may keep it.
async fn ask(app: &TestApp, question: &str) -> Option<Kept> {
    let prepared = schema::prepare(app.app(), Request::new(question));
    let prepared = prepared.unwrap_or_else(|refused| panic!("{question}: {refused:?}"));
    let asker = Asker::default();
    let executed = schema::execute_prepared(app.app(), &app.schema(), prepared, asker).await;
    let (response, noted) = (executed.response, executed.noted);
    let is_kept = response.errors.is_empty() && noted.is_shared();
    is_kept.then(|| Kept {
        body: serde_json::to_string(&response.data).unwrap(),
        tags: told(noted.tags.iter()),
    })
}
