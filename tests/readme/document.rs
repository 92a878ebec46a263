//! Documents in Markdown: their blocks, their tables, what stands in backticks.

use std::fs;
use std::path::{Path, PathBuf};

/// A fenced block of a document.
pub(super) struct Block {
    pub(super) language: String,
    pub(super) text: String,
}

/// The fenced blocks of a document.
pub(super) fn blocks(document: &str) -> Vec<Block> {
    let fenced = document.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (language, text) = block.split_once('\n').unwrap();
            Block {
                language: language.to_owned(),
                text: text.to_owned(),
            }
        })
        .collect()
}

/// The one block in this language.
pub(super) fn only(document: &str, language: &str) -> String {
    let mut found = blocks(document)
        .into_iter()
        .filter(|block| block.language == language);
    let block = found.next().unwrap();
    assert!(found.next().is_none(), "there is more than one {language}");
    block.text
}

/// The cells of the table whose head begins with `head`.
pub(super) fn rows(document: &str, head: &str) -> Vec<Vec<String>> {
    let lines = document.lines().skip_while(|line| !line.starts_with(head));
    let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|line| {
        let cells = line.trim_matches('|').split(" | ");
        cells.map(|cell| cell.trim().to_owned()).collect()
    })
    .collect()
}

/// All that stands in single backticks.
pub(super) fn code(document: &str) -> Vec<&str> {
    let prose = document
        .split("\n```")
        .step_by(2)
        .flat_map(|text| text.lines());
    prose
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

/// The text of a document, read anew by each run: an edit needs no build.
pub(super) fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The root of the repository.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}
