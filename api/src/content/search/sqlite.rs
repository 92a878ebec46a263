//! The index in SQLite: FTS5.

use sea_orm::sea_query::Expr;
use sea_orm::{DbBackend, Statement};
use serde_json::{Value as Json, json};

use super::document::{Document, locale_term};
use super::question::{Clause, Question, Reading};
use super::store::Heading;

/// The number of a row of the index, which is its translation's. As an
/// expression, so that nobody looks the index up by it: the index is what a
/// search begins with.
pub(super) const ID: &str = "+rowid";

/// Stands where a word holds no position. Nothing is looked for by it.
const FILLER: &str = "~";

/// The statement that puts documents into the index: one text for any number.
pub(super) fn insert(documents: &[Document]) -> Statement {
    let rows: Json = documents.iter().map(row).collect();
    Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "INSERT OR REPLACE INTO article_search (rowid, locale, title, lead, body)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
        [rows.to_string().into()],
    )
}

/// Whether a row of the index meets `question`.
pub(super) fn matches(question: &Question) -> Expr {
    let query = question_text(question, |reading| Some(reading_text(reading)));
    Expr::cust_with_values("article_search MATCH ?", [query])
}

/// Whether a row of the index meets a clause of `question` in this field.
pub(super) fn within(question: &Question, clause: usize, heading: Heading) -> Expr {
    let column = match heading {
        Heading::Title => "title",
        Heading::Lead => "lead",
    };
    let query = question_text(question, |reading| {
        let clause = clause_text(reading.wanted.get(clause)?);
        Some(format!("{column} : ({clause})"))
    });
    Expr::cust_with_values(
        "rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)",
        [query],
    )
}

/// What FTS5 is asked for: in each locale what the query means there.
fn question_text(question: &Question, text: impl Fn(&Reading) -> Option<String>) -> String {
    question.in_each_locale(("AND", "OR"), |locale| quoted(&locale_term(locale)), text)
}

fn reading_text(reading: &Reading) -> String {
    let texts = |clauses: &[Clause]| clauses.iter().map(clause_text).collect::<Vec<_>>();
    let wanted = texts(&reading.wanted).join(" AND ");
    if reading.unwanted.is_empty() {
        wanted
    } else {
        format!("({wanted}) NOT ({})", texts(&reading.unwanted).join(" OR "))
    }
}

fn clause_text(clause: &Clause) -> String {
    match clause {
        Clause::Word(stem) => quoted(stem),
        Clause::Prefix { stem, form } => format!(
            "({} OR {} * OR {} *)",
            quoted(stem),
            quoted(form),
            quoted(&format!("{FILLER}{form}"))
        ),
        Clause::Phrase(stems) => quoted(&stems.join(" ")),
    }
}

/// A string of FTS5. No term holds a quote.
fn quoted(terms: &str) -> String {
    format!("\"{terms}\"")
}

fn row(document: &Document) -> Json {
    let [title, lead, mut body] = texts(document);
    for stem in &document.late {
        // A filler on each side: no phrase holds them.
        push(&mut body, FILLER);
        push(&mut body, stem);
    }
    json!([document.translation_id, document.locale, title, lead, body])
}

/// The terms of each field: its stems in order, then its forms.
fn texts(document: &Document) -> [String; 3] {
    document.fields.each_ref().map(|field| {
        let mut text = String::new();
        for stem in &field.stems {
            push(&mut text, stem.as_deref().unwrap_or(FILLER));
        }
        for (form, _) in &field.forms {
            push(&mut text, FILLER);
            text.push_str(form);
        }
        text
    })
}

fn push(text: &mut String, term: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(term);
}
