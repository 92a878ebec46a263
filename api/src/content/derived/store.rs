//! All SQL of derived forms: whose they are, and which version of them is
//! stored. Each part writes its own.

use masthead_entities::{article_translation, derived_forms};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::{Forms, Words};
use crate::content::article::write_key_terms;
use crate::content::{rich_text, search};

/// Write forms in place of those that are there.
pub(super) async fn write(tx: &DatabaseTransaction, forms: Vec<Forms>) -> Result<(), DbErr> {
    let (mut terms, mut key_terms, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for forms in forms {
        terms.push(forms.terms);
        key_terms.push(forms.key_terms);
        bodies.push((forms.translation_id, forms.body));
    }
    search::index(tx, &terms).await?;
    write_key_terms(tx, key_terms).await?;
    rich_text::write(tx, bodies).await
}

/// The version that all stored forms were made by; 0: none.
pub(super) async fn version(connection: &impl ConnectionTrait) -> Result<i32, DbErr> {
    let stored = derived_forms::Entity::find_by_id(derived_forms::ONLY_ID)
        .one(connection)
        .await?;
    Ok(stored.map_or(0, |stored| stored.version))
}

/// Note which version all stored forms were made by.
pub(super) async fn set_version(tx: &DatabaseTransaction, version: i32) -> Result<(), DbErr> {
    let row = derived_forms::ActiveModel {
        id: Set(derived_forms::ONLY_ID),
        version: Set(version),
    };
    derived_forms::Entity::update(row)
        .exec(tx)
        .await
        .map(|_| ())
}

/// Words in the order of their ids, after `id`.
pub(super) async fn after(
    tx: &DatabaseTransaction,
    id: i64,
    limit: u64,
) -> Result<Vec<Words>, DbErr> {
    let rows = article_translation::Entity::find()
        .filter(article_translation::Column::Id.gt(id))
        .order_by_asc(article_translation::Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let words = rows.into_iter().map(|row| Words {
        translation_id: row.id,
        article_id: row.article_id,
        locale: row.locale,
        title: row.title,
        lead: row.lead,
        body: row.body,
        public_at: row.public_at,
    });
    Ok(words.collect())
}
