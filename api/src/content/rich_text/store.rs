//! All SQL of rich text: the stored forms of articles' bodies.

use std::collections::HashMap;

use masthead_entities::article_text;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, QueryResult};

use super::forms::{Form, Forms, Texts};
use super::render::Rendered;
use crate::database::Database;
use crate::error::Error;

/// How many rows a statement writes: bodies are long.
const ROWS: usize = 100;

/// Store the forms of these translations' bodies, in place of those that are
/// there.
///
/// # Errors
/// If the database refuses, such as forms of a translation that is not there.
pub async fn write(tx: &DatabaseTransaction, rows: Vec<(i64, Rendered)>) -> Result<(), DbErr> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(ROWS);
        let replace = OnConflict::column(article_text::Column::TranslationId)
            .update_columns([
                article_text::Column::WordCount,
                article_text::Column::Headings,
                article_text::Column::Text,
                article_text::Column::Html,
                article_text::Column::Blocks,
            ])
            .to_owned();
        article_text::Entity::insert_many(some.map(|(id, rendered)| row(id, rendered)))
            .on_conflict(replace)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Select these forms of the words that go by `at`. Words whose forms are not
/// made yet keep their row, without them.
pub fn select(select: &mut SelectStatement, forms: Forms) {
    if forms.is_any_made() {
        select.join_as(
            JoinType::LeftJoin,
            "article_texts",
            "ax",
            Expr::col(("ax", "translation_id")).equals(("at", "id")),
        );
    }
    for form in forms.iter() {
        let table = if form == Form::Markdown { "at" } else { "ax" };
        select.expr_as(Expr::col((table, form.name())), form.name());
    }
}

/// What `row` has of the forms that were selected.
///
/// # Errors
/// If one of them was not.
pub fn read(row: &QueryResult, forms: Forms) -> Result<Texts, DbErr> {
    let mut texts = Texts::default();
    for form in forms.iter() {
        let name = form.name();
        match form {
            Form::Markdown => texts.markdown = row.try_get("", name)?,
            Form::WordCount => texts.word_count = row.try_get("", name)?,
            Form::Headings => texts.headings = row.try_get("", name)?,
            Form::Text => texts.text = row.try_get("", name)?,
            Form::Html => texts.html = row.try_get("", name)?,
            Form::Blocks => texts.blocks = row.try_get("", name)?,
        }
    }
    Ok(texts)
}

/// These forms of the words with these keys. Those that are not made yet are
/// made now, of the source.
///
/// # Errors
/// If the database does not answer.
pub async fn texts(db: &Database, ids: &[i64], forms: Forms) -> Result<HashMap<i64, Texts>, Error> {
    let mut found = read_all(db, ids, forms).await?;
    let missing = found.iter().filter(|(_, texts)| !texts.has_all(forms));
    let missing: Vec<i64> = missing.map(|(id, _)| *id).collect();
    if !missing.is_empty() {
        for (id, texts) in read_all(db, &missing, Form::Markdown.into()).await? {
            found.insert(id, Texts::made(texts.markdown.unwrap_or_default()));
        }
    }
    Ok(found)
}

async fn read_all(db: &Database, ids: &[i64], forms: Forms) -> Result<HashMap<i64, Texts>, Error> {
    let mut query = Query::select();
    query
        .expr_as(Expr::col(("at", "id")), "id")
        .from_as("article_translations", "at")
        .and_where(db.is_any(("at", "id"), ids));
    select(&mut query, forms);
    let mut found = HashMap::new();
    for row in db.rows(&query).await? {
        found.insert(row.try_get("", "id")?, read(&row, forms)?);
    }
    Ok(found)
}

fn row(translation_id: i64, rendered: Rendered) -> article_text::ActiveModel {
    article_text::ActiveModel {
        translation_id: Set(translation_id),
        word_count: Set(i32::try_from(rendered.word_count).unwrap_or(i32::MAX)),
        headings: Set(rendered.headings),
        text: Set(rendered.text),
        html: Set(rendered.html),
        blocks: Set(rendered.blocks),
    }
}
