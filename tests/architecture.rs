//! The rules between the parts of Masthead, checked by reading its sources.
//!
//! Edges import features, features import the kit, the kit imports the
//! entities; never upwards. ARCHITECTURE.md says why.

mod planted;
mod rules;
mod source;

use std::path::Path;

use rules::{RULES, Tree};

#[test]
fn the_sources_keep_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let tree = Tree::read(root);

    let broken: Vec<String> = RULES
        .iter()
        .flat_map(|(name, rule)| {
            rule(&tree)
                .into_iter()
                .map(move |place| format!("{place} ({name})"))
        })
        .collect();

    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_sources_are_all_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let tree = Tree::read(root);

    for file in [
        "api/src/main.rs",
        "api/src/database.rs",
        "api/src/content/exchange/mod.rs",
        "entities/src/article.rs",
        "migration/src/lib.rs",
    ] {
        assert!(
            tree.sources.iter().any(|source| source.file == file),
            "{file}"
        );
    }
}
