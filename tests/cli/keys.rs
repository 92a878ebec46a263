//! `masthead keys`: from the terminal to the server that answers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use super::{Process, Said, masthead, run};

/// Run `masthead keys` with arguments.
fn keys(folder: &Path, arguments: &[&str]) -> Said {
    run(masthead(folder).arg("keys").args(arguments))
}

/// The status that a server answers a query by this key with.
fn status(server: &Process, key: &str) -> u16 {
    let body = r#"{"query":"{ apiKeys { totalCount } }"}"#;
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         authorization: Bearer {key}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_key_is_made_used_rotated_and_revoked_while_a_server_runs() {
    let server = Process::serve(&[]);
    let folder = server.folder();

    let made = keys(folder, &["create", "--name", "chief", "--role", "admin"]);
    let first = made.out.trim();
    let before = status(&server, first);
    let rotated = keys(folder, &["rotate", "chief", "--overlap", "0"]);
    let second = rotated.out.trim();
    let after = [status(&server, first), status(&server, second)];
    let revoked = keys(folder, &["revoke", "chief"]);
    let last = status(&server, second);

    assert_eq!((made.status, made.err.as_str()), (0, ""));
    assert!(first.starts_with("mh_") && second.starts_with("mh_"));
    assert_eq!(made.out.lines().count(), 1, "the key and nothing else");
    assert_eq!(before, 200);
    assert_eq!(after, [401, 200]);
    assert_eq!(revoked.out, "revoked chief\n");
    assert_eq!(last, 401);
}

#[test]
fn a_list_says_all_but_secrets_and_the_last_use_once_the_server_has_ended() {
    let server = Process::serve(&["--demo", "--log", "trace"]);
    let folder = server.folder().to_owned();
    let made = keys(&folder, &["create", "--name", "chief", "--role", "admin"]);
    keys(
        &folder,
        &[
            "create",
            "--name",
            "Desk of Minsk",
            "--role",
            "translator",
            "--locales",
            "ru,be",
            "--expires",
            "2999-01-01",
        ],
    );
    keys(&folder, &["create", "--name", "old", "--role", "partner"]);
    keys(&folder, &["revoke", "old"]);
    status(&server, made.out.trim());
    server.signal("TERM");
    // The folder goes with the process: read what it holds before.
    let listed = loop {
        let listed = keys(&folder, &["list"]);
        let chief = listed.out.lines().nth(1).unwrap();
        if !chief.ends_with('-') {
            break listed;
        }
    };

    let lines: Vec<Vec<&str>> = listed
        .out
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(
        lines[0],
        [
            "NAME",
            "ROLE",
            "STATE",
            "LOCALES",
            "CREATED",
            "EXPIRES",
            "LAST USED"
        ]
    );
    assert_eq!(lines[1][..4], ["chief", "admin", "valid", "-"]);
    assert_eq!(lines[1][5], "-");
    assert_eq!(
        lines[2][..4],
        ["Desk of Minsk", "translator", "valid", "be,ru"]
    );
    assert_eq!(lines[2][5..], ["2999-01-01T00:00:00Z", "-"]);
    assert_eq!(lines[3][..4], ["old", "partner", "revoked", "-"]);
    assert!(!listed.out.contains("mh_"));
    let log = server.log();
    for part in ["mh_", &made.out.trim()[16..]] {
        assert!(!log.contains(part), "{part} is in the log");
    }
    assert_eq!(server.end(), Some(0));
}

#[test]
fn what_is_not_understood_or_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let create = ["create", "--name", "desk", "--role"];
    let with = |more: &[&'static str]| [&create[..], more].concat();

    for (arguments, status, told) in [
        (
            with(&["owner"]),
            2,
            "give one of reader, partner, translator",
        ),
        (
            with(&["editor", "--expires", "soon"]),
            2,
            "give a day such as",
        ),
        (
            with(&["editor", "--expires", "2001-01-01"]),
            1,
            "error: a key can't end before now",
        ),
        (
            with(&["translator"]),
            1,
            "error: a translator's key needs the locales that it may write in",
        ),
        (
            with(&["translator", "--locales", "be"]),
            1,
            "error: there is no publication yet",
        ),
        (vec!["rotate", "nobody"], 1, "error: there is no such key"),
        (vec!["revoke", "nobody"], 1, "error: there is no such key"),
        (
            vec!["rotate", "nobody", "--overlap", "24"],
            2,
            "give a time with its unit",
        ),
    ] {
        let said = keys(folder, &arguments);

        assert_eq!(said.status, status, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(told), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "");
    }
}

#[test]
fn a_partners_contract_is_made_changed_and_its_use_told() {
    let server = Process::serve(&["--demo"]);
    let folder = server.folder();
    let made = keys(
        folder,
        &[
            "create",
            "--name",
            "site",
            "--role",
            "partner",
            "--locales",
            "be,ru",
            "--topics",
            "water",
            "--content",
            "summary",
            "--quota",
            "300",
            "--origins",
            "https://site.example",
        ],
    );
    let key = made.out.trim();

    let first = feed(&server, key, "be,ru/articles.rss");
    let beyond = feed(&server, key, "en/articles.rss");
    let updated = keys(
        folder,
        &["update", "site", "--locales", "all", "--quota", "none"],
    );
    let now_within = feed(&server, key, "en/articles.rss");
    let listed = keys(folder, &["list"]);
    server.signal("TERM");
    // The folder goes with the process: read what it holds before.
    let used = loop {
        let used = keys(folder, &["usage", "site", "--days", "2"]);
        if used.out.lines().count() > 1 || used.status != 0 {
            break used;
        }
    };
    let unknown = keys(folder, &["usage", "nobody"]);

    assert_eq!((made.status, made.err.as_str()), (0, ""));
    assert_eq!([first, beyond, now_within], [429, 429, 200]);
    assert_eq!(updated.out, "updated site\n");
    let line = listed.out.lines().nth(1).unwrap();
    assert!(line.starts_with("site  partner  valid  -"), "{line}");
    let lines: Vec<&str> = used.out.lines().collect();
    let head: Vec<&str> = lines[0].split_whitespace().collect();
    assert_eq!(
        head,
        ["NAME", "DAY", "REQUESTS", "COST", "QUOTA", "REFUSED"]
    );
    let cells: Vec<&str> = lines[1].split_whitespace().collect();
    assert_eq!(
        (cells[0], cells[2], &cells[3..]),
        ("site", "3", &["600", "-", "2"][..])
    );
    assert_eq!(unknown.status, 1);
    assert!(
        unknown.err.contains("there is no such key"),
        "{}",
        unknown.err
    );
}

#[test]
fn what_can_not_be_agreed_is_told_before_a_key_is_made() {
    let server = Process::serve(&["--demo"]);
    let folder = server.folder();
    for (arguments, told) in [
        (
            &["--role", "partner", "--topics", "moon"][..],
            "there is no topic \"moon\"",
        ),
        (
            &["--role", "partner", "--quota", "many"],
            "give a whole number of units, or none",
        ),
        (
            &["--role", "partner", "--quota", "0"],
            "a quota is a whole number of units",
        ),
        (
            &["--role", "partner", "--content", "half"],
            "give full or summary",
        ),
        (
            &["--role", "partner", "--origins", "site"],
            "is no origin such as",
        ),
        (
            &["--role", "editor", "--quota", "7"],
            "the role editor has no contract",
        ),
    ] {
        let said = keys(folder, &[&["create", "--name", "site"], arguments].concat());

        assert_ne!(said.status, 0, "{arguments:?}");
        assert!(said.err.contains(told), "{}", said.err);
    }
}

/// The status that a server answers a feed with, to the holder of a key.
fn feed(server: &Process, key: &str, path: &str) -> u16 {
    let request = format!(
        "GET /feeds/{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         authorization: Bearer {key}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}
