//! The examples: that they ask for what there is, that they run, and what a
//! browser shows of them.

mod documents;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of examples.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// A file of the examples.
fn file(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}
