//! A body and its forms: what they hold, and what they never do.

mod answers;
mod excerpts;
mod forms;
pub(crate) mod html;
mod laws;
mod links;
mod nesting;
mod vectors;

use std::sync::LazyLock;

use jsonschema::Validator;
use masthead::content::rich_text::{Rendered, render};
use serde_json::Value;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = include_str!("../../../api/assets/rich_text/blocks.schema.json");
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
});

/// What is wrong with `blocks` by their schema; empty where nothing is.
fn faults_of_blocks(blocks: &Value) -> Vec<String> {
    let faults = SCHEMA.iter_errors(blocks);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

/// The blocks of a rendered body, which fit their schema.
#[track_caller]
fn blocks(rendered: &Rendered) -> Value {
    let blocks = serde_json::from_str(&rendered.blocks).unwrap();
    assert_eq!(faults_of_blocks(&blocks), [""; 0], "{blocks:#}");
    blocks
}

/// The headings of a body as pairs of text and anchor.
fn headings(body: &str) -> Vec<(String, String)> {
    let headings: Value = serde_json::from_str(&render(body).headings).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    headings
        .as_array()
        .unwrap()
        .iter()
        .map(|heading| (text(&heading["text"]), text(&heading["anchor"])))
        .collect()
}
