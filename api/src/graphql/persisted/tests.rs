//! What each way to name a document comes to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

use proptest::prelude::{Strategy, any, proptest};
use proptest::{collection, option};
use sha2::{Digest as _, Sha256};

use super::{CAPACITY, LONGEST, Mode, PersistedDocuments, Unresolved, Wanted};
use crate::access::{Caller, KeyCaller, Role};
use crate::graphql::trusted::Trusted;

const TEXT: &str = "{ latestIssue { title } }";

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The documents of this manifest, in this mode.
fn documents(manifest: &str, mode: Mode) -> PersistedDocuments {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.json");
    fs::write(&file, manifest).unwrap();
    PersistedDocuments::new(Trusted::load(&file).unwrap(), mode)
}

fn by_hash<'a>(hash: &'a str, text: Option<&'a str>) -> Wanted<'a> {
    Wanted::Hash {
        hash: Cow::Borrowed(hash),
        text: text.map(Cow::Borrowed),
    }
}

/// What an anonymous client gets, who learns as clients do.
fn ask(documents: &PersistedDocuments, wanted: Wanted<'_>) -> Result<String, Unresolved> {
    ask_as(documents, wanted, &Caller::Anonymous)
}

fn ask_as(
    documents: &PersistedDocuments,
    wanted: Wanted<'_>,
    caller: &Caller,
) -> Result<String, Unresolved> {
    let resolved = documents.resolve(wanted, caller)?;
    documents.learn(&resolved);
    Ok(resolved.text().to_owned())
}

fn key(role: Role) -> Caller {
    Caller::Key(Arc::new(KeyCaller {
        id: 1,
        name: "k".to_owned(),
        role,
        locales: None,
        contract: None,
        used: 0,
    }))
}

#[test]
fn a_text_is_known_by_its_hash_once_it_was_sent_with_it() {
    let documents = PersistedDocuments::default();
    let hash = hash(TEXT);

    let before = ask(&documents, by_hash(&hash, None));
    let with_text = ask(&documents, by_hash(&hash, Some(TEXT)));
    let after = ask(&documents, by_hash(&hash, None));
    let by_id = ask(&documents, Wanted::Id(format!("sha256:{hash}").into()));

    assert_eq!(before, Err(Unresolved::UnknownHash));
    for known in [with_text, after, by_id] {
        assert_eq!(known.as_deref(), Ok(TEXT));
    }
}

#[test]
fn a_text_that_turns_out_to_be_no_document_is_not_kept() {
    let documents = PersistedDocuments::default();
    let hash = hash(TEXT);

    documents
        .resolve(by_hash(&hash, Some(TEXT)), &Caller::Anonymous)
        .unwrap();

    let after = ask(&documents, by_hash(&hash, None));
    assert_eq!(after, Err(Unresolved::UnknownHash));
}

#[test]
fn a_hash_of_another_text_is_refused_and_nothing_is_kept() {
    let documents = PersistedDocuments::default();
    let hash = hash(TEXT);

    let refused = ask(&documents, by_hash(&hash, Some("{ __typename }")));
    let after = ask(&documents, by_hash(&hash, None));

    assert_eq!(refused, Err(Unresolved::Mismatch(hash.clone())));
    assert_eq!(after, Err(Unresolved::UnknownHash));
}

#[test]
fn a_text_that_is_too_long_is_answered_and_not_kept() {
    let documents = PersistedDocuments::default();
    let fits = format!("{TEXT}{}", " ".repeat(LONGEST - TEXT.len()));
    let longer = format!("{fits} ");
    for (text, is_kept) in [(&fits, true), (&longer, false)] {
        let hash = hash(text);

        let with_text = ask(&documents, by_hash(&hash, Some(text)));
        let after = ask(&documents, by_hash(&hash, None));

        assert!(with_text.is_ok());
        assert_eq!(after.is_ok(), is_kept);
    }
}

#[test]
fn the_texts_that_are_kept_have_a_bounded_size() {
    let documents = PersistedDocuments::default();
    for number in 0..200 {
        let text = format!("{TEXT}#{number}{}", " ".repeat(LONGEST - 100));
        let hash = hash(&text);
        ask(&documents, by_hash(&hash, Some(&text))).unwrap();
    }

    documents.learnt.run_pending_tasks();

    assert!(documents.learnt.weighted_size() <= CAPACITY);
}

#[test]
fn a_trusted_document_is_known_by_its_id_and_by_its_hash() {
    let documents = documents(&format!(r#"{{"latest": "{TEXT}"}}"#), Mode::Trusted);
    let hash = hash(TEXT);
    let upper = hash.to_ascii_uppercase();
    for wanted in [
        Wanted::Id("latest".into()),
        Wanted::Id(hash.as_str().into()),
        Wanted::Id(format!("sha256:{hash}").into()),
        by_hash(&hash, None),
        by_hash(&upper, None),
        by_hash(&hash, Some(TEXT)),
        // As clients send it that have the manifest.
        by_hash("latest", None),
        by_hash("latest", Some(TEXT)),
        // Whoever sends a trusted text asks for nothing else.
        Wanted::Text(TEXT.into()),
    ] {
        let known = ask(&documents, wanted.clone());

        assert_eq!(known.as_deref(), Ok(TEXT), "{wanted:?}");
    }
}

#[test]
fn where_trusted_documents_alone_are_answered_others_are_for_editors() {
    let documents = documents(r#"{"a": "{ a }"}"#, Mode::Trusted);
    let hash = hash(TEXT);
    for (caller, is_free) in [
        (Caller::Anonymous, false),
        (key(Role::Translator), false),
        (key(Role::Editor), true),
        (key(Role::Admin), true),
    ] {
        for (wanted, refusal) in [
            (Wanted::Text(TEXT.into()), Unresolved::TrustedOnly),
            (by_hash(&hash, Some(TEXT)), Unresolved::TrustedOnly),
            (by_hash(&hash, None), Unresolved::TrustedOnly),
            (
                Wanted::Id(format!("sha256:{hash}").into()),
                Unresolved::UnknownId(format!("sha256:{hash}")),
            ),
        ] {
            let answer = ask_as(&documents, wanted, &caller);

            if is_free {
                assert_eq!(answer.as_deref(), Ok(TEXT));
            } else {
                assert_eq!(answer, Err(refusal));
            }
        }
    }
}

#[test]
fn what_an_editor_has_sent_is_not_trusted_for_that() {
    let documents = documents(r#"{"a": "{ a }"}"#, Mode::Trusted);
    let hash = hash(TEXT);

    ask_as(&documents, by_hash(&hash, Some(TEXT)), &key(Role::Editor)).unwrap();
    let others = ask(&documents, by_hash(&hash, None));

    assert_eq!(others, Err(Unresolved::TrustedOnly));
}

#[test]
fn what_has_not_the_form_of_a_hash_is_told_so() {
    let documents = PersistedDocuments::default();
    for wanted in [
        by_hash("latest", None),
        by_hash("", Some(TEXT)),
        by_hash("g000", None),
        Wanted::Id("sha256:latest".into()),
    ] {
        let refused = ask(&documents, wanted).unwrap_err();

        assert!(matches!(refused, Unresolved::MalformedHash(_)), "{refused}");
    }
    let unknown = ask(&documents, Wanted::Id("x-app:home".into()));
    assert_eq!(unknown, Err(Unresolved::UnknownId("x-app:home".to_owned())));
}

/// A request: which of few texts it is about, and how it says so.
fn request() -> impl Strategy<Value = (usize, Option<usize>, bool)> {
    (0..4_usize, option::of(0..4_usize), any::<bool>())
}

proptest! {
    #[test]
    fn hashes_lead_to_what_was_sent_with_them(requests in collection::vec(request(), 1..40)) {
        let documents = PersistedDocuments::default();
        let texts = ["{ a }", "{ b }", "{ a } ", ""];
        let mut model: HashMap<String, &str> = HashMap::new();
        for (named, sent, as_id) in requests {
            let hash = hash(texts[named]);
            let text = sent.map(|sent| texts[sent]);
            let expected = match text {
                Some(text) if as_id => Ok(text),
                Some(text) if text != texts[named] => Err(Unresolved::Mismatch(hash.clone())),
                Some(text) => {
                    model.insert(hash.clone(), text);
                    Ok(text)
                }
                None if as_id => {
                    let known = model.get(&hash).copied();
                    known.ok_or_else(|| Unresolved::UnknownId(hash.clone()))
                }
                None => model.get(&hash).copied().ok_or(Unresolved::UnknownHash),
            };
            let wanted = match text {
                Some(text) if as_id => Wanted::Text(text.into()),
                None if as_id => Wanted::Id(hash.as_str().into()),
                text => by_hash(&hash, text),
            };

            let answer = ask(&documents, wanted);

            assert_eq!(answer, expected.map(str::to_owned));
        }
    }
}
