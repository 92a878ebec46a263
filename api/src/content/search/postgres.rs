//! The index in PostgreSQL: `tsvector`, with a GIN index.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sea_orm::sea_query::Expr;
use sea_orm::{DbBackend, Statement};

use super::document::{Document, Field, locale_term};
use super::question::{Clause, Question, Reading};
use super::store::Heading;

/// The translation that a row of the index is of.
pub(super) const ID: &str = "translation_id";

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

/// Put into the index what waits for it. All documents of a batch at once are
/// three times faster than each by itself; and no search reads the waiting
/// list.
pub(super) const PUT_IN: &str = "SELECT gin_clean_pending_list('article_search_by_terms')";

/// Whether a row of the index meets `question`.
pub(super) fn matches(question: &Question) -> Expr {
    let query = question_text(question, |reading| Some(reading_text(reading)));
    Expr::cust_with_values("terms @@ CAST($1 AS tsquery)", [query])
}

/// Whether a row of the index meets a clause of `question` in this field.
pub(super) fn within(question: &Question, clause: usize, heading: Heading) -> Expr {
    let weight = match heading {
        Heading::Title => "A",
        Heading::Lead => "B",
    };
    let query = question_text(question, |reading| {
        Some(clause_text(reading.wanted.get(clause)?, weight))
    });
    Expr::cust_with_values("heading @@ CAST($1 AS tsquery)", [query])
}

/// What is asked for as a `tsquery`: in each locale what the query means there.
fn question_text(question: &Question, text: impl Fn(&Reading) -> Option<String>) -> String {
    question.in_each_locale(("&", "|"), |locale| quoted(&locale_term(locale)), text)
}

fn reading_text(reading: &Reading) -> String {
    let texts = |clauses: &[Clause]| {
        let clauses = clauses.iter().map(|clause| clause_text(clause, ""));
        clauses.collect::<Vec<_>>()
    };
    let wanted = texts(&reading.wanted).join(" & ");
    if reading.unwanted.is_empty() {
        wanted
    } else {
        format!("({wanted}) & !({})", texts(&reading.unwanted).join(" | "))
    }
}

/// `weight`: which field it must be in; none: in any.
fn clause_text(clause: &Clause, weight: &str) -> String {
    match clause {
        Clause::Word(stem) => format!("{}:{weight}", quoted(stem)),
        Clause::Prefix { stem, form } => format!(
            "({}:{weight} | {}:*{weight} | {}:*{weight})",
            quoted(stem),
            quoted(form),
            quoted(&format!("{FORM}{form}"))
        ),
        Clause::Phrase(stems) => {
            let stems = stems
                .iter()
                .map(|stem| format!("{}:{weight}", quoted(stem)));
            format!("({})", stems.collect::<Vec<_>>().join(" <-> "))
        }
    }
}

/// A lexeme as it is written. No term holds a quote or a backslash.
fn quoted(term: &str) -> String {
    format!("'{term}'")
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

/// A `tsvector` as it is written: `'water':1A,7 '~waters'`.
fn literal(vector: &Vector<'_>) -> String {
    let mut text = String::new();
    for ((term, prefix), positions) in vector {
        // Writing into a string can't fail.
        let _ = write!(text, "'{prefix}{term}'");
        let mut separator = ':';
        for (position, weight) in positions {
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
