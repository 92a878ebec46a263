//! `masthead locale`: the locales of a publication that is being served.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Process, Said, masthead, run};

/// Run `masthead locale` with arguments.
fn locale(folder: &Path, arguments: &[&str]) -> Said {
    run(masthead(folder).arg("locale").args(arguments))
}

/// A folder with the sample in its database: `en`, `be`, `ru`.
fn with_sample() -> Process {
    Process::serve(&["--demo"])
}

#[test]
fn a_locale_is_added_listed_made_the_default_and_removed() {
    let server = with_sample();
    let folder = server.folder();

    let added = locale(
        folder,
        &["add", "LT", "--name", "Savaitė", "--position", "2"],
    );
    let chosen = locale(folder, &["default", "lt"]);
    let listed = locale(folder, &["list"]);
    let kept = locale(folder, &["remove", "lt"]);
    locale(folder, &["default", "en"]);
    let removed = locale(folder, &["remove", "lt"]);

    assert_eq!(added.out, "added; the locales are en, lt, be, ru\n");
    assert_eq!(chosen.out, "the default is lt\n");
    let lines: Vec<&str> = listed.out.lines().collect();
    assert!(
        lines[0].starts_with("en  ") && !lines[0].contains("default"),
        "{}",
        listed.out
    );
    assert_eq!(lines[1], "lt  default  Savaitė");
    assert_eq!(lines.len(), 4);
    assert_eq!(
        (kept.status, kept.err.as_str()),
        (
            1,
            "error: lt is the default of the publication; choose another default first\n"
        )
    );
    assert_eq!(removed.out, "removed; the locales are en, be, ru\n");
}

#[test]
fn what_can_not_be_done_is_told_and_changes_nothing() {
    let server = with_sample();
    let folder = server.folder();
    let before = run(masthead(folder).arg("export")).out;

    for (arguments, error) in [
        (
            &["add", "x_y"][..],
            "\"x_y\" is not a locale tag (BCP 47), such as \"be\" or \"sr-Latn\"",
        ),
        (&["add", "BE"], "the publication has the locale be already"),
        (
            &["add", "lt", "--position", "5"],
            "the place of a locale is from 1 to 4, not 5",
        ),
        (
            &["add", "lt", "--name", " "],
            "the name can't be blank, and has at most 500 characters",
        ),
        (
            &["remove", "pl"],
            "the publication has no locale pl; it has en, be, ru",
        ),
        (
            &["default", "pl"],
            "the publication has no locale pl; it has en, be, ru",
        ),
        (
            &["remove", "ru"],
            "there is content in ru: articles (26), issues (6), topics (5), authors (6), originals (7); \
             remove it first, or prune it by an import",
        ),
    ] {
        let said = locale(folder, arguments);

        assert_eq!(said.err, format!("error: {error}\n"));
        assert_eq!(said.status, 1);
    }
    assert_eq!(run(masthead(folder).arg("export")).out, before);
}

#[test]
fn a_database_without_a_publication_has_no_locales() {
    let folder = tempfile::tempdir().unwrap();

    for arguments in [
        &["add", "lt"][..],
        &["remove", "lt"],
        &["default", "lt"],
        &["list"],
    ] {
        let said = locale(folder.path(), arguments);

        assert_eq!(
            said.err,
            "error: there is no publication yet; make or import one first\n"
        );
    }
}

#[test]
fn a_server_that_runs_and_an_export_show_a_new_locale() {
    let server = with_sample();
    assert!(!tags(&server).contains("\"lt\""));

    locale(
        server.folder(),
        &["add", "lt", "--description", "Kas savaitę"],
    );

    let added = Instant::now();
    while !tags(&server).contains("\"lt\"") {
        assert!(added.elapsed() < Duration::from_secs(5), "it never shows");
    }
    let export = run(masthead(server.folder()).arg("export")).out;
    let publication = export.lines().next().unwrap();
    assert!(
        publication.contains(r#""locales":["en","be","ru","lt"]"#),
        "{publication}"
    );
    assert!(
        publication.contains(r#""lt":"Kas savaitę""#),
        "{publication}"
    );
}

/// The tags that the server answers with.
fn tags(server: &Process) -> String {
    let body = r#"{"query":"{ publication { locales { tag } } }"}"#;
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
