//! Articles and their bylines.

use std::collections::HashMap;

use masthead_entities::{article, article_translation, byline};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::ROWS;

/// An article with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) facts: article::Model,
    /// Ids of the authors, in the order of the byline.
    pub(crate) authors: Vec<i64>,
    pub(crate) translations: Vec<article_translation::Model>,
}

/// The articles with these keys.
pub(crate) async fn keyed(
    tx: &DatabaseTransaction,
    keys: impl Iterator<Item = &str>,
) -> Result<Vec<Stored>, DbErr> {
    let facts = article::Entity::find()
        .filter(article::Column::Key.is_in(keys))
        .all(tx)
        .await?;
    whole(tx, facts).await
}

/// Articles in the order of their keys, after `key`.
pub(crate) async fn after(
    tx: &DatabaseTransaction,
    key: &str,
    limit: u64,
) -> Result<Vec<Stored>, DbErr> {
    let facts = article::Entity::find()
        .filter(article::Column::Key.gt(key))
        .order_by_asc(article::Column::Key)
        .limit(limit)
        .all(tx)
        .await?;
    whole(tx, facts).await
}

async fn whole(tx: &DatabaseTransaction, facts: Vec<article::Model>) -> Result<Vec<Stored>, DbErr> {
    if facts.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = facts.iter().map(|article| article.id).collect();
    let bylines = byline::Entity::find()
        .filter(byline::Column::ArticleId.is_in(ids.iter().copied()))
        .order_by_asc(byline::Column::ArticleId)
        .order_by_asc(byline::Column::Position)
        .all(tx)
        .await?;
    let translations = article_translation::Entity::find()
        .filter(article_translation::Column::ArticleId.is_in(ids))
        .all(tx)
        .await?;
    let mut authors: HashMap<i64, Vec<i64>> = HashMap::new();
    for byline in bylines {
        authors
            .entry(byline.article_id)
            .or_default()
            .push(byline.author_id);
    }
    let mut words: HashMap<i64, Vec<article_translation::Model>> = HashMap::new();
    for translation in translations {
        words
            .entry(translation.article_id)
            .or_default()
            .push(translation);
    }
    let stored = facts.into_iter().map(|facts| Stored {
        authors: authors.remove(&facts.id).unwrap_or_default(),
        translations: words.remove(&facts.id).unwrap_or_default(),
        facts,
    });
    Ok(stored.collect())
}

/// Key of each article with one of these ids.
pub(crate) async fn keys_of(
    tx: &DatabaseTransaction,
    ids: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    let mut keys = HashMap::new();
    for ids in ids.chunks(ROWS) {
        let rows: Vec<(i64, String)> = article::Entity::find()
            .select_only()
            .columns([article::Column::Id, article::Column::Key])
            .filter(article::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        keys.extend(rows);
    }
    Ok(keys)
}

/// Ids of articles by key.
pub(crate) async fn ids_of(
    tx: &DatabaseTransaction,
    keys: &[String],
) -> Result<HashMap<String, i64>, DbErr> {
    let mut ids = HashMap::new();
    for keys in keys.chunks(ROWS) {
        let rows: Vec<(String, i64)> = article::Entity::find()
            .select_only()
            .columns([article::Column::Key, article::Column::Id])
            .filter(article::Column::Key.is_in(keys))
            .into_tuple()
            .all(tx)
            .await?;
        ids.extend(rows);
    }
    Ok(ids)
}

/// The keys of all articles.
pub(crate) async fn keys(tx: &DatabaseTransaction) -> Result<Vec<String>, DbErr> {
    article::Entity::find()
        .select_only()
        .column(article::Column::Key)
        .into_tuple()
        .all(tx)
        .await
}

/// Id, issue and position of the articles that have one of these positions now.
pub(crate) async fn position_owners(
    tx: &DatabaseTransaction,
    positions: &HashMap<i64, Vec<i32>>,
) -> Result<Vec<(i64, i64, i32)>, DbErr> {
    if positions.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = positions
        .iter()
        .fold(Condition::any(), |any, (issue, positions)| {
            let taken = article::Column::Position.is_in(positions.iter().copied());
            any.add(article::Column::IssueId.eq(*issue).and(taken))
        });
    article::Entity::find()
        .select_only()
        .columns([
            article::Column::Id,
            article::Column::IssueId,
            article::Column::Position,
        ])
        .filter(wanted)
        .into_tuple()
        .all(tx)
        .await
}

/// Give articles a position that nobody can have, counted down from `from`.
pub(crate) async fn park_positions(
    tx: &DatabaseTransaction,
    ids: &[i64],
    from: i32,
) -> Result<(), DbErr> {
    for (id, position) in ids.iter().zip((i32::MIN..=from).rev()) {
        article::Entity::update_many()
            .col_expr(article::Column::Position, Expr::value(position))
            .filter(article::Column::Id.eq(*id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Write articles that are new, or those that all have ids.
pub(crate) async fn write(
    tx: &DatabaseTransaction,
    articles: Vec<article::ActiveModel>,
) -> Result<(), DbErr> {
    if articles.is_empty() {
        return Ok(());
    }
    let others = article::Column::iter().filter(|column| !matches!(column, article::Column::Id));
    let conflict = OnConflict::column(article::Column::Id)
        .update_columns(others)
        .to_owned();
    article::Entity::insert_many(articles)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Replace the bylines of articles.
pub(crate) async fn write_bylines(
    tx: &DatabaseTransaction,
    bylines: &[(i64, Vec<i64>)],
) -> Result<(), DbErr> {
    if bylines.is_empty() {
        return Ok(());
    }
    byline::Entity::delete_many()
        .filter(byline::Column::ArticleId.is_in(bylines.iter().map(|(article, _)| *article)))
        .exec(tx)
        .await?;
    let rows: Vec<byline::ActiveModel> = bylines
        .iter()
        .flat_map(|(article, authors)| {
            (1..)
                .zip(authors)
                .map(|(position, author)| byline::ActiveModel {
                    article_id: Set(*article),
                    position: Set(position),
                    author_id: Set(*author),
                })
        })
        .collect();
    for rows in rows.chunks(ROWS) {
        byline::Entity::insert_many(rows.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
