//! All SQL of rich text: the stored forms of articles' bodies.

use masthead_entities::article_text;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait};

use super::render::Rendered;

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
        let some = rows
            .by_ref()
            .take(ROWS)
            .map(|(id, rendered)| row(id, rendered));
        let replace = OnConflict::column(article_text::Column::TranslationId)
            .update_columns([
                article_text::Column::WordCount,
                article_text::Column::Headings,
                article_text::Column::Text,
                article_text::Column::Html,
                article_text::Column::Blocks,
            ])
            .to_owned();
        article_text::Entity::insert_many(some)
            .on_conflict(replace)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
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
