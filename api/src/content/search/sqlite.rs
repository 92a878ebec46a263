//! The index in SQLite: FTS5.

use sea_orm::{DbBackend, Statement};
use serde_json::{Value as Json, json};

use super::document::Document;

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
