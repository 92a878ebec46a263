//! What each command does and says.

use masthead::content::demo;

use super::{Process, masthead, run};

#[test]
fn without_a_command_help_is_printed() {
    let folder = tempfile::tempdir().unwrap();

    let said = run(&mut masthead(folder.path()));

    assert_eq!(said.status, 2);
    for command in [
        "serve",
        "migrate",
        "import",
        "export",
        "rebuild",
        "documents",
        "schema",
        "check",
    ] {
        assert!(said.err.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn migrations_are_listed_then_applied_once() {
    let folder = tempfile::tempdir().unwrap();

    let listed = run(masthead(folder.path()).args(["migrate", "--dry-run"]));
    let applied = run(masthead(folder.path()).arg("migrate"));
    let again = run(masthead(folder.path()).arg("migrate"));

    assert!(listed.out.starts_with("pending: m2026"), "{}", listed.err);
    assert_eq!(applied.out, listed.out.replace("pending", "applied"));
    assert_eq!(again.out, "the database is up to date\n");
}

#[test]
fn the_schema_is_printed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();

    let said = run(masthead(folder.path()).arg("schema"));

    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert!(said.out.contains("type Query {"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn check_tells_what_is_set_and_what_is_pending() {
    let folder = tempfile::tempdir().unwrap();

    let before = run(masthead(folder.path()).arg("check"));
    run(masthead(folder.path()).arg("migrate"));
    let after = run(masthead(folder.path()).arg("check"));

    assert_eq!(before.status, 0);
    assert!(before.out.contains("limits.depth = 20\n"));
    assert!(before.out.contains("the SQLite database answers\n"));
    assert!(before.out.contains("migrations are pending"));
    assert!(after.out.ends_with("the database is up to date\n"));
}

#[test]
fn check_fails_on_a_database_that_can_not_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    let url = "sqlite://no/such/folder/masthead.db?mode=rwc";

    let said = run(masthead(folder.path()).args(["check", "--database-url", url]));

    assert_eq!(said.status, 1);
    let first = "error: can't use the database sqlite://no/such/folder/masthead.db?mode=rwc\n";
    assert!(said.err.starts_with(first), "{}", said.err);
}

#[test]
fn an_input_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();

    let said = run(masthead(folder.path()).args(["import", "nothing.jsonl"]));

    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("error: can't read nothing.jsonl\n"));
    assert!(!folder.path().join("masthead.db").exists());
}

#[test]
fn serve_says_where_it_answers_and_makes_its_database() {
    let server = Process::serve(&[]);

    assert_eq!(server.said, Vec::<String>::new());
    assert!(server.folder().join("masthead.db").exists());
    server.signal("TERM");
    assert_eq!(server.end(), Some(0));
}

#[test]
fn serve_fails_on_an_address_that_is_taken() {
    let server = Process::serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let address = server.address.to_string();

    let said = run(masthead(folder.path()).args(["serve", "--listen", &address]));

    assert_eq!(said.status, 1);
    let error = format!("error: can't listen on {address}\n");
    assert!(said.err.contains(&error), "{}", said.err);
}

#[test]
fn the_sample_publication_is_loaded_into_an_empty_database() {
    let server = Process::serve(&["--demo"]);

    assert_eq!(server.said, ["The sample publication is loaded"]);
}

#[test]
fn rebuild_says_how_many_translations_it_made_the_forms_of() {
    let server = Process::serve(&["--demo"]);
    server.signal("TERM");
    let folder = server.folder().to_owned();
    let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
    let translations = sample.matches("\"body\":").count();

    let rebuilt = run(masthead(&folder).arg("rebuild"));

    assert_eq!(
        rebuilt.out,
        format!("made the forms of {translations} translations anew\n")
    );
}
