//! `masthead documents check`, and the trusted documents of `masthead serve`.

use std::fs::{create_dir_all, write};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Process, Said, masthead, run};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        create_dir_all(file.parent().unwrap()).unwrap();
        write(file, text).unwrap();
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Said {
    run(masthead(folder)
        .args(["documents", "check"])
        .args(arguments))
}

/// Post these parameters to a server that runs.
fn ask(server: &Process, parameters: &Value) -> Value {
    let body = parameters.to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn documents_that_can_be_answered_are_counted_and_no_database_is_touched() {
    let page = "query Page($first: Int, $size: Int!, $locales: [Locale!], $by: ArticleBy!) {
      articles(first: $first, locales: $locales) { nodes { title } }
      topics(first: $size) { nodes { name } }
      article(by: $by) { title }
    }";
    let folder = folder(&[
        ("queries/page.graphql", page),
        (
            "queries/web.json",
            r#"{"1": "mutation M { __typename }", "2": "query A { __typename } query B { __typename }"}"#,
        ),
    ]);

    let said = check(folder.path(), &["queries"]);

    assert_eq!(said.out, "documents that can be answered: 3\n");
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert!(!folder.path().join("masthead.db").exists());
}

#[test]
fn each_fault_is_told_with_its_document_and_its_place() {
    let apollo = json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            { "id": "right", "name": "A", "type": "query", "body": "query A { __typename }" },
            { "id": "wrong", "name": "B", "type": "query", "body": "query B {\n  nothing\n  latestIssue { none }\n}" },
        ],
    });
    let large = "{ articles(first: 100) { nodes { related(first: 20) { title excerpt slug } } } }";
    let folder = folder(&[
        ("queries/broken.graphql", "query {\n  latestIssue {\n}"),
        (
            "queries/deep.graphql",
            "{ latestIssue { next { next { number } } } }",
        ),
        ("queries/large.graphql", large),
        ("queries/web.json", &apollo.to_string()),
    ]);

    let said = check(
        folder.path(),
        &[
            "queries",
            "--limits-depth",
            "3",
            "--limits-complexity",
            "1000",
        ],
    );

    let lines: Vec<&str> = said.out.lines().collect();
    let begins = [
        "queries/broken.graphql (\"broken\"), line 3, column 1: expected selection",
        "queries/deep.graphql (\"deep\"), line 1, column 31: fields are nested at most 3 deep, not 4",
        "queries/large.graphql (\"large\"), line 1, column 55: ",
        "queries/web.json, operation 2 (\"wrong\"), line 2, column 3: Unknown field \"nothing\" on type \"Query\".",
        "queries/web.json, operation 2 (\"wrong\"), line 3, column 17: Unknown field \"none\" on type \"Issue\".",
    ];
    assert_eq!(lines.len(), begins.len(), "{}", said.out);
    for (line, begin) in lines.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}");
    }
    assert_eq!(said.status, 1);
    assert_eq!(said.err, "error: 4 of 5 documents can't be answered\n");
}

#[test]
fn a_set_that_can_not_be_read_is_told_why() {
    let folder = folder(&[("broken.json", "{\"a\": \"{ a }\",}"), ("empty.json", "{}")]);
    for (arguments, error) in [
        (
            &["broken.json"][..],
            "error: can't use the trusted documents\n  because: broken.json: it is no manifest: trailing comma at line 1 column 15\n",
        ),
        (
            &["empty.json"],
            "error: can't use the trusted documents\n  because: empty.json: it holds no documents\n",
        ),
        (
            &["none.json"],
            "error: can't use the trusted documents\n  because: can't read none.json\n  because: No such file or directory (os error 2)\n",
        ),
        (
            &[],
            "error: name a manifest or a folder, or set documents.path\n",
        ),
        (
            &["--documents-path", "empty.json"],
            "error: can't use the trusted documents\n  because: empty.json: it holds no documents\n",
        ),
    ] {
        let said = check(folder.path(), arguments);

        assert_eq!(said.err, error);
        assert_eq!(said.status, 1);
    }
}

#[test]
fn a_server_with_a_broken_document_does_not_start() {
    let folder = folder(&[("queries/a.graphql", "{ latestIssue { }")]);
    for (arguments, error) in [
        (
            &["--documents-path", "queries"][..],
            "error: queries/a.graphql (\"a\"), line 1, column 17: expected ",
        ),
        (
            &["--documents-path", "none"],
            "error: can't use the trusted documents\n  because: can't read none\n",
        ),
        (
            &["--documents-mode", "trusted"],
            "error: documents.mode is trusted, and documents.path names no documents\n",
        ),
        (
            &["--documents-mode", "strict"],
            "error: the setting \"documents.mode\" (--documents-mode) can't be \"strict\": give open or trusted\n",
        ),
    ] {
        let said = run(masthead(folder.path()).arg("serve").args(arguments));

        assert!(said.err.starts_with(error), "{}", said.err);
        assert_eq!(said.status, 1);
        assert!(!folder.path().join("masthead.db").exists());
    }
}

#[test]
fn a_server_answers_its_documents_and_logs_which_of_them_it_can_not() {
    let folder = folder(&[
        ("root.graphql", "{ __typename }"),
        ("old.graphql", "{ gone }"),
    ]);
    let path = folder.path().display().to_string();
    let server = Process::serve(&["--documents-path", &path, "--documents-mode", "trusted"]);

    let known = ask(&server, &json!({ "documentId": "root" }));
    let other = ask(&server, &json!({ "query": "{ a: __typename }" }));

    assert_eq!(known, json!({ "data": { "__typename": "Query" } }));
    let code = &other["errors"][0]["extensions"]["code"];
    assert_eq!(code, "TRUSTED_DOCUMENTS_ONLY");
    let began = Instant::now();
    while !server
        .log()
        .contains("2 documents are trusted; 1 of them can't be answered")
    {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{}",
            server.log()
        );
        std::thread::yield_now();
    }
    let fault = "old.graphql (\"old\"), line 1, column 3: Unknown field \"gone\" on type \"Query\"";
    assert!(server.log().contains(fault), "{}", server.log());
}
