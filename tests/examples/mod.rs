//! The examples: that they ask for what there is, that they run, and what a
//! browser shows of them.

mod browser;
mod documents;
mod mobile;
mod page;
mod readme;
mod typed;
mod workshop;

use std::fs;
use std::path::{Path, PathBuf};

use masthead::content::demo;
use masthead::database::Engine;
use support::TestApp;

/// The folder of examples.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// A file of the examples.
fn file(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}

/// An app that has what `masthead serve --demo` has.
async fn sample() -> TestApp {
    let app = TestApp::on(Engine::Sqlite).await;
    import_sample(&app).await;
    app
}

async fn import_sample(app: &TestApp) {
    let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
    app.import(sample).await.unwrap();
}
