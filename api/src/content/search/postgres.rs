//! The index in PostgreSQL: `tsvector`, with a GIN index.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sea_orm::{DbBackend, Statement};

use super::document::{Document, Field};

/// How the fields are told apart in a `tsvector`.
const WEIGHTS: [char; 3] = ['A', 'B', 'D'];

/// The statement that puts documents into the index: one text for any number.
pub(super) fn insert(documents: &[Document]) -> Statement {
    let ids: Vec<i64> = documents
        .iter()
        .map(|document| document.translation_id)
        .collect();
    let terms: Vec<String> = documents.iter().map(terms).collect();
    let headings: Vec<String> = documents.iter().map(heading).collect();
    Statement::from_sql_and_values(
        DbBackend::Postgres,
        "INSERT INTO article_search (translation_id, terms, heading)
            SELECT id, terms::tsvector, heading::tsvector
            FROM unnest($1::bigint[], $2::text[], $3::text[]) AS documents (id, terms, heading)
            ON CONFLICT (translation_id) DO UPDATE
                SET terms = excluded.terms, heading = excluded.heading",
        [ids.into(), terms.into(), headings.into()],
    )
}

/// Terms, each with its positions.
type Vector<'a> = BTreeMap<(&'a str, &'static str), Vec<(u16, char)>>;

/// All terms. Forms hold no position: they are looked for alone.
fn terms(document: &Document) -> String {
    let mut vector = Vector::new();
    vector.insert((&document.locale, ""), Vec::new());
    for (field, weight) in document.fields.iter().zip(WEIGHTS) {
        add_stems(&mut vector, field, weight);
        for (form, _) in &field.forms {
            vector.entry((form, FORM)).or_default();
        }
    }
    for stem in &document.late {
        vector.entry((stem, "")).or_default();
    }
    literal(&vector)
}

/// The terms of title and lead. Forms have a position here: what is asked is
/// which of the two they are in.
fn heading(document: &Document) -> String {
    let mut vector = Vector::new();
    vector.insert((&document.locale, ""), Vec::new());
    for (field, weight) in document.fields.iter().zip(WEIGHTS).take(2) {
        add_stems(&mut vector, field, weight);
        for (form, position) in &field.forms {
            let positions = vector.entry((form, FORM)).or_default();
            positions.push((*position, weight));
        }
    }
    literal(&vector)
}

fn add_stems<'a>(vector: &mut Vector<'a>, field: &'a Field, weight: char) {
    for (position, stem) in (field.first..).zip(&field.stems) {
        if let Some(stem) = stem {
            let positions = vector.entry((stem, "")).or_default();
            positions.push((position, weight));
        }
    }
}

/// What a form begins with.
const FORM: &str = "~";

/// A `tsvector` as it is written: `'water':1A,7 '~waters'`. No term holds a
/// quote or a backslash.
fn literal(vector: &Vector<'_>) -> String {
    let mut text = String::new();
    for ((term, prefix), positions) in vector {
        text.push('\'');
        text.push_str(prefix);
        text.push_str(term);
        text.push('\'');
        let mut separator = ':';
        for (position, weight) in positions {
            // Writing into a string can't fail.
            let _ = write!(text, "{separator}{position}");
            if *weight != 'D' {
                text.push(*weight);
            }
            separator = ',';
        }
        text.push(' ');
    }
    text
}
