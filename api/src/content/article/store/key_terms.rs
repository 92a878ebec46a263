//! The key terms of articles, as they are stored.

use masthead_entities::article_key_term;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, Set};

use chrono::{DateTime, Utc};

/// The key terms of a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTerms {
    pub translation_id: i64,
    pub article_id: i64,
    pub locale: String,
    /// Since when readers see the translation; `None`: they don't.
    pub public_at: Option<DateTime<Utc>>,
    pub terms: Vec<String>,
}

/// How many rows are written at a time: both engines take their values.
const ROWS: usize = 1000;

/// Write key terms in place of those that are there.
///
/// # Errors
/// If the database does not take them.
pub async fn write_key_terms(
    tx: &DatabaseTransaction,
    translations: Vec<KeyTerms>,
) -> Result<(), DbErr> {
    let ids: Vec<i64> = translations
        .iter()
        .map(|words| words.translation_id)
        .collect();
    for ids in ids.chunks(ROWS) {
        article_key_term::Entity::delete_many()
            .filter(article_key_term::Column::TranslationId.is_in(ids.iter().copied()))
            .exec(tx)
            .await?;
    }
    let rows: Vec<article_key_term::ActiveModel> =
        translations.into_iter().flat_map(rows).collect();
    for rows in rows.chunks(ROWS) {
        article_key_term::Entity::insert_many(rows.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn rows(words: KeyTerms) -> impl Iterator<Item = article_key_term::ActiveModel> {
    let KeyTerms {
        translation_id,
        article_id,
        locale,
        public_at,
        terms,
    } = words;
    terms
        .into_iter()
        .map(move |term| article_key_term::ActiveModel {
            translation_id: Set(translation_id),
            term: Set(term),
            article_id: Set(article_id),
            locale: Set(locale.clone()),
            public_at: Set(public_at),
        })
}
