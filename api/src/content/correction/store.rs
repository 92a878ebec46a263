//! All SQL of corrections.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::article_correction::{ActiveModel, Column, Entity, Model};
use masthead_entities::article_translation;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};

use crate::database::Database;
use crate::error::Error;

/// The words that a correction is of.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(super) struct Words {
    pub(super) id: i64,
    pub(super) article_id: i64,
    pub(super) locale: String,
    pub(super) version: i32,
    /// Since when readers see them; `None`: they don't.
    pub(super) public_at: Option<DateTime<Utc>>,
}

/// The corrections of these words, newest first.
pub(super) async fn of_words(
    db: &Database,
    words: &[i64],
) -> Result<HashMap<i64, Vec<Model>>, Error> {
    let of_these = db.is_any("translation_id", words);
    let select = Entity::find()
        .order_by_desc(Column::CorrectedAt)
        .order_by_desc(Column::Id)
        .into_query()
        .and_where(of_these)
        .to_owned();
    let mut found: HashMap<i64, Vec<Model>> = HashMap::new();
    for row in db.rows(&select).await? {
        let correction = Model::from_query_result(&row, "")?;
        let of_words = found.entry(correction.translation_id).or_default();
        of_words.push(correction);
    }
    Ok(found)
}

/// The correction with this id; `None` where there is none.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(connection).await
}

/// How many corrections words have.
pub(super) async fn count(tx: &DatabaseTransaction, words: i64) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::TranslationId.eq(words))
        .count(tx)
        .await
}

/// The words of an article in a locale; `None` where it has none.
pub(super) async fn words_in(
    tx: &DatabaseTransaction,
    article: i64,
    locale: &str,
) -> Result<Option<Words>, DbErr> {
    words()
        .filter(article_translation::Column::ArticleId.eq(article))
        .filter(article_translation::Column::Locale.eq(locale))
        .into_model()
        .one(tx)
        .await
}

/// The words with this key; `None` where there are none.
pub(super) async fn words_by_id(tx: &DatabaseTransaction, id: i64) -> Result<Option<Words>, DbErr> {
    words()
        .filter(article_translation::Column::Id.eq(id))
        .into_model()
        .one(tx)
        .await
}

fn words() -> sea_orm::Select<article_translation::Entity> {
    article_translation::Entity::find().select_only().columns([
        article_translation::Column::Id,
        article_translation::Column::ArticleId,
        article_translation::Column::Locale,
        article_translation::Column::Version,
        article_translation::Column::PublicAt,
    ])
}

/// Add a correction. The answer is its id.
pub(super) async fn insert(tx: &DatabaseTransaction, row: ActiveModel) -> Result<i64, DbErr> {
    Ok(Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Write over a correction.
pub(super) async fn update(tx: &DatabaseTransaction, correction: Model) -> Result<(), DbErr> {
    let Model {
        id,
        translation_id: _,
        corrected_at,
        text,
        version,
        written_by,
    } = correction;
    let row = ActiveModel {
        corrected_at: Set(corrected_at),
        text: Set(text),
        version: Set(version),
        written_by: Set(written_by),
        ..Default::default()
    };
    let update = Entity::update_many().set(row).filter(Column::Id.eq(id));
    update.exec(tx).await.map(|_| ())
}

/// Remove a correction.
pub(super) async fn remove(tx: &DatabaseTransaction, id: i64) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}
