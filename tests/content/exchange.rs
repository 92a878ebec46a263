//! Import and export.

mod database;
mod faults;
mod former_slugs;
mod input;
mod links;
mod prune;
mod round_trip;
mod slugs;
mod upsert;

use std::io::{self, Cursor, Write};
use std::sync::{Arc, Mutex};

use masthead::content::exchange::{self, Fault, ImportError, ImportOptions, ImportReport};
use serde_json::{Value, json};
use support::TestApp;

const SAMPLE: &str = include_str!("../../api/demo/publication.jsonl");

/// A publication in English and Belarusian.
fn publication() -> Value {
    json!({
        "kind": "publication", "format": 1, "name": {"en": "Week"}, "description": {},
        "locales": ["en", "be"], "defaultLocale": "en", "timeZone": "Europe/Minsk",
        "url": "https://example.org",
    })
}

fn topic(slug: &str) -> Value {
    json!({
        "kind": "topic", "slug": slug, "position": 1,
        "translations": {"en": {"name": slug, "description": ""}},
    })
}

fn author(slug: &str) -> Value {
    json!({
        "kind": "author", "slug": slug, "translations": {"en": {"name": slug, "bio": ""}},
    })
}

fn issue(number: i32, slug: &str) -> Value {
    json!({
        "kind": "issue", "number": number, "slug": slug,
        "startsOn": "2021-02-08", "endsOn": "2021-02-14", "publishedAt": "2021-02-15T09:00:00Z",
        "translations": {"en": {}},
    })
}

/// An article on water by Anna, in English, whose slug is its key.
fn article(key: &str, issue: i32, position: i32) -> Value {
    json!({
        "kind": "article", "key": key, "issue": issue, "position": position,
        "topic": "water", "authors": ["anna"], "originalLocale": "en",
        "translations": {"en": words(key)},
    })
}

fn words(slug: &str) -> Value {
    json!({"slug": slug, "title": "Title", "lead": "Lead", "body": "Body"})
}

/// A publication with one topic, one author, two issues, and `articles`.
fn with_articles(articles: &[Value]) -> Vec<Value> {
    let mut records = vec![publication(), topic("water"), author("anna")];
    records.extend([issue(1, "one"), issue(2, "two")]);
    records.extend_from_slice(articles);
    records
}

/// `record` with the value at a JSON pointer set to another.
fn with(mut record: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    record.pointer_mut(parent).unwrap()[name] = value;
    record
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

async fn import(app: &TestApp, records: &[Value]) -> Result<ImportReport, ImportError> {
    import_with(app, lines(records), ImportOptions::default()).await
}

async fn import_with(
    app: &TestApp,
    input: impl Into<Vec<u8>>,
    options: ImportOptions,
) -> Result<ImportReport, ImportError> {
    exchange::import(
        app.database(),
        app.clock(),
        Cursor::new(input.into()),
        options,
    )
    .await
}

pub(super) async fn export(app: &TestApp) -> String {
    let output = Output::default();
    exchange::export(app.database(), output.clone())
        .await
        .unwrap();
    String::from_utf8(output.0.lock().unwrap().clone()).unwrap()
}

/// The exported record of an article.
async fn exported(app: &TestApp, key: &str) -> Value {
    let export = export(app).await;
    let mut records = export
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    records.find(|record| record["key"] == key).unwrap()
}

/// What an import of `records` is refused for.
async fn faults(app: &TestApp, records: &[Value]) -> Vec<Fault> {
    faults_in(app, lines(records)).await
}

async fn faults_in(app: &TestApp, input: impl Into<Vec<u8>>) -> Vec<Fault> {
    match import_with(app, input, ImportOptions::default()).await {
        Err(ImportError::Faults(faults)) => faults.shown().to_vec(),
        other => panic!("faults were expected, not {other:?}"),
    }
}

/// Memory that is written to.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
