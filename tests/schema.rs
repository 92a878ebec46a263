//! The contract: `schema.graphql` is current, and all in it keeps to the rules.
//! `UPDATE_SCHEMA=1 cargo test --workspace schema` writes the file anew.

mod contract;
mod planted;

use std::fs;
use std::path::Path;

use masthead::schema;

#[test]
fn the_schema_file_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("schema.graphql");
    let current = sdl();

    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
        fs::write(&file, &current).unwrap();
    }

    let written = fs::read_to_string(&file).unwrap_or_default();
    let differs = written
        .lines()
        .zip(current.lines())
        .position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| written.lines().count().min(current.lines().count()));
    assert!(
        written == current,
        "schema.graphql is stale from line {} on. Write it anew with\n\n    UPDATE_SCHEMA=1 cargo test --workspace schema\n\n\
         and commit it if that is the contract you mean.",
        line + 1
    );
}

#[test]
fn the_schema_keeps_every_rule() {
    let broken = contract::broken(&sdl());

    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// What `masthead schema` prints.
fn sdl() -> String {
    schema::sdl(&schema::build())
}
