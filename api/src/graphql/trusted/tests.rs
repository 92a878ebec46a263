//! What a set of documents holds, and what is refused.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{DocumentHash, Trusted};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// The text that an id leads to.
fn text<'a>(set: &'a Trusted, id: &str) -> Option<&'a str> {
    set.by_id(id).map(|document| &*document.text)
}

/// Why a folder is refused, its own name left out.
fn refusal(folder: &Path) -> String {
    let error = Trusted::load(folder).unwrap_err().to_string();
    error.replace(&folder.display().to_string(), "F")
}

#[test]
fn a_folder_holds_documents_by_name_and_manifests_by_id() {
    let folder = folder(&[
        ("home.graphql", "{ home }"),
        ("parts/Issue.gql", "{ issue }"),
        ("web.json", r#"{"0a": "{ web }"}"#),
        ("README.md", "not a document"),
        (".hidden/old.graphql", "{ old }"),
    ]);

    let set = Trusted::load(folder.path()).unwrap();

    assert_eq!(set.documents().len(), 3);
    assert_eq!(text(&set, "home"), Some("{ home }"));
    assert_eq!(text(&set, "Issue"), Some("{ issue }"));
    assert_eq!(text(&set, "0a"), Some("{ web }"));
    assert_eq!(text(&set, "old"), None);
}

#[test]
fn a_document_is_found_by_the_hash_of_its_text_too() {
    let digits = "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e";
    let document = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}";
    let folder = folder(&[("user.graphql", document)]);

    let set = Trusted::load(folder.path()).unwrap();

    assert_eq!(text(&set, digits), Some(document));
    assert_eq!(text(&set, &format!("sha256:{digits}")), Some(document));
    assert!(set.by_hash(DocumentHash::of(document)).is_some());
    // The name is no hash, whatever stands before it.
    assert_eq!(text(&set, "sha256:user"), None);
    assert_eq!(text(&set, ""), None);
}

#[test]
fn a_hash_leads_to_its_own_text_even_if_it_is_the_id_of_another() {
    let digits = "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e";
    let manifest = format!("{{\"{digits}\": \"{{ other }}\"}}");
    let folder = folder(&[("web.json", &manifest)]);

    let set = Trusted::load(folder.path()).unwrap();

    assert_eq!(text(&set, digits), Some("{ other }"));
    assert_eq!(text(&set, &format!("sha256:{digits}")), None);
}

#[test]
fn two_manifests_may_have_operations_in_common() {
    let folder = folder(&[
        ("1.json", r#"{"a": "{ a }", "b": "{ b }"}"#),
        ("2.json", r#"{"b": "{ b }", "c": "{ a }"}"#),
    ]);

    let set = Trusted::load(folder.path()).unwrap();

    assert_eq!(set.documents().len(), 3);
    assert_eq!(text(&set, "c"), Some("{ a }"));
}

#[test]
fn a_set_that_is_wrong_is_refused_with_the_place_and_the_reason() {
    let long = format!("{{\"{}\": \"{{ a }}\"}}", "a".repeat(201));
    for (files, reason) in [
        (&[][..], "F: it holds no documents"),
        (&[("a.json", "{}")], "F: it holds no documents"),
        (
            &[("a.json", "{")],
            "F/a.json: it is no manifest: EOF while parsing an object at line 1 column 1",
        ),
        (
            &[("a.json", r#"{"a": "{ a }", "a": "{ b }"}"#)],
            "F/a.json, operation 2: the id \"a\" is that of another text: F/a.json, operation 1",
        ),
        (
            &[("a.graphql", "{ a }"), ("b/a.graphql", "{ b }")],
            "F/b/a.graphql: the id \"a\" is that of another text: F/a.graphql",
        ),
        (
            &[("a.json", r#"{"": "{ a }"}"#)],
            "F/a.json, operation 1: the id is empty",
        ),
        (
            &[("a.json", r#"{"a\n": "{ a }"}"#)],
            "F/a.json, operation 1: the id has a control character",
        ),
        (
            &[("a.json", &*long)],
            "F/a.json, operation 1: an id has at most 200 bytes",
        ),
        (
            &[("a.json", r#"{"sha256:00": "{ a }"}"#)],
            "F/a.json, operation 1: the id \"sha256:00\" is not the hash of the text",
        ),
    ] {
        assert_eq!(refusal(folder(files).path()), reason);
    }
}

#[test]
fn a_file_that_is_not_utf_8_or_not_there_is_named() {
    let folder = folder(&[]);
    fs::write(folder.path().join("a.graphql"), b"{ a \xff }").unwrap();

    let missing = Trusted::load(&folder.path().join("none.json")).unwrap_err();

    assert!(missing.to_string().ends_with("/none.json"), "{missing}");
    assert_eq!(
        refusal(folder.path()),
        "F/a.graphql: it is not UTF-8: byte 4 is wrong"
    );
}

#[test]
fn a_set_has_a_bounded_number_of_documents_and_bytes() {
    let many: Vec<String> = (0..=super::MOST_DOCUMENTS)
        .map(|number| format!("\"{number}\":\"\""))
        .collect();
    let many = folder(&[("a.json", &format!("{{{}}}", many.join(",")))]);
    let large = folder(&[("a.graphql", &" ".repeat(super::MOST_BYTES + 1))]);

    assert_eq!(
        refusal(many.path()),
        "F/a.json, operation 100001: a set has at most 100000 documents"
    );
    assert_eq!(
        refusal(large.path()),
        "F/a.graphql: a set has at most 67108864 bytes"
    );
}
