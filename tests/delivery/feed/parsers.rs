//! What is written is what the specifications ask for, and what other programs
//! read without a warning.
//!
//! The programs are feedparser for Python, and feedsmith and rss-parser for
//! Node.js, in the folder that `MASTHEAD_TEST_FEED_PARSERS` names, as `.ci/run`
//! puts them there. Without it the test says so and ends, which
//! `MASTHEAD_TEST_REQUIRE_FEED_PARSERS=1` makes a failure.

use std::collections::BTreeMap;
use std::fs::write;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use support::seed::{article, issue, publication};
use support::{TestApp, seed::Content, seed::Trend, tools};
use tempfile::TempDir;

#[tokio::test]
async fn every_kind_is_valid_and_read_by_other_programs_without_a_warning() {
    let what = "what other programs make of feeds";
    let Some(tools) = tools("FEED_PARSERS", "bin/python", what) else {
        return;
    };
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;
        let (folder, expected) = fetched(app).await;
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("delivery/feed/parsers");

        let mut python = Command::new(tools.join("bin/python"));
        python.arg(scripts.join("check.py")).arg(folder.path());
        let of_python = read(&mut python);
        let mut node = Command::new("node");
        node.arg(scripts.join("check.mjs"))
            .arg(&tools)
            .arg(folder.path());
        let of_node = read(&mut node);

        for (name, items) in &expected {
            assert_eq!(of_node[name], *items, "{name}");
            if !name.ends_with(".json") {
                assert_eq!(of_python[name], *items, "{name}");
            }
        }
    })
    .await;
}

/// What is hard on parsers: markup in titles, scripts of both directions, links,
/// images, notes, entries without authors, an empty lead.
fn content() -> Content {
    let body = "A [link](/near?a=1&b=2), ![ice](ice.png), a note[^1] & `]]>`\n\n[^1]: Note.";
    publication().locales(["en", "ar", "be"]).with(
        issue(1).with([
            article("ice")
                .by(["anna", "boris"])
                .trend(Trend::Improved)
                .title("en", "AT&T ]]> 🧊 \"quoted\" l\u{8}ed")
                .body("en", body),
            article("wells")
                .title("ar", "الجليد على البحيرة")
                .lead("ar", ""),
            article("tar").only_in(["be"]).by(["anna"]),
        ]),
    )
}

/// Feeds of all kinds in a folder, and by their names what is in them: the ids,
/// the addresses and the titles.
async fn fetched(app: &TestApp) -> (TempDir, BTreeMap<String, Value>) {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = BTreeMap::new();
    for (place, path) in [
        "en/articles",
        "ar,be/articles",
        "ar/issues/latest",
        "en/authors/anna",
        "en/search",
        "be,en/topics/general",
    ]
    .iter()
    .enumerate()
    {
        for query in ["", "?content=full", "?limit=1"] {
            let json = super::json(app, &format!("{path}.json{query}")).await;
            let items = json["items"].as_array().unwrap().iter();
            let items = items.map(|item| json!([item["id"], item["url"], item["title"]]));
            let items = Value::Array(items.collect());
            for kind in ["rss", "atom", "json"] {
                let reply = super::get(app, &format!("{path}.{kind}{query}")).await;
                let name = format!("{place}{}.{kind}", query.replace(['?', '='], "-"));
                write(folder.path().join(&name), &reply.body).unwrap();
                expected.insert(name, items.clone());
            }
        }
    }
    (folder, expected)
}

fn read(program: &mut Command) -> Value {
    let output = program.output().unwrap();
    let (out, err) = (&output.stdout, &output.stderr);
    let told = String::from_utf8_lossy(err);
    assert!(output.status.success(), "{told}");
    assert!(err.is_empty(), "a warning: {told}");
    serde_json::from_slice(out).unwrap()
}
