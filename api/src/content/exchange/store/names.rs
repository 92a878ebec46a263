//! Topics and authors, which their slugs name; and what all four kinds share:
//! former slugs, and removal.

use masthead_entities::{author, topic};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::ROWS;

/// Ids of all topics, by slug.
pub(crate) async fn topics(tx: &DatabaseTransaction) -> Result<Vec<(String, i64)>, DbErr> {
    topic::Entity::find()
        .select_only()
        .columns([topic::Column::Slug, topic::Column::Id])
        .into_tuple()
        .all(tx)
        .await
}

/// Ids of all authors, by slug.
pub(crate) async fn authors(tx: &DatabaseTransaction) -> Result<Vec<(String, i64)>, DbErr> {
    author::Entity::find()
        .select_only()
        .columns([author::Column::Slug, author::Column::Id])
        .into_tuple()
        .all(tx)
        .await
}

/// Topics in the order of their slugs, after `slug`.
pub(crate) async fn topics_after(
    tx: &DatabaseTransaction,
    slug: &str,
    limit: u64,
) -> Result<Vec<topic::Model>, DbErr> {
    topic::Entity::find()
        .filter(topic::Column::Slug.gt(slug))
        .order_by_asc(topic::Column::Slug)
        .limit(limit)
        .all(tx)
        .await
}

/// Authors in the order of their slugs, after `slug`.
pub(crate) async fn authors_after(
    tx: &DatabaseTransaction,
    slug: &str,
    limit: u64,
) -> Result<Vec<author::Model>, DbErr> {
    author::Entity::find()
        .filter(author::Column::Slug.gt(slug))
        .order_by_asc(author::Column::Slug)
        .limit(limit)
        .all(tx)
        .await
}

/// The topics with these slugs.
pub(crate) async fn topics_named(
    tx: &DatabaseTransaction,
    slugs: &[&str],
) -> Result<Vec<topic::Model>, DbErr> {
    topic::Entity::find()
        .filter(topic::Column::Slug.is_in(slugs.iter().copied()))
        .all(tx)
        .await
}

/// The authors with these slugs.
pub(crate) async fn authors_named(
    tx: &DatabaseTransaction,
    slugs: &[&str],
) -> Result<Vec<author::Model>, DbErr> {
    author::Entity::find()
        .filter(author::Column::Slug.is_in(slugs.iter().copied()))
        .all(tx)
        .await
}

/// Write topics; those that are there get the new position.
pub(crate) async fn write_topics(
    tx: &DatabaseTransaction,
    topics: &[(String, i32)],
) -> Result<(), DbErr> {
    if topics.is_empty() {
        return Ok(());
    }
    let rows = topics.iter().map(|(slug, position)| topic::ActiveModel {
        slug: Set(slug.clone()),
        position: Set(*position),
        ..Default::default()
    });
    let conflict = OnConflict::column(topic::Column::Slug)
        .update_column(topic::Column::Position)
        .value(
            topic::Column::Version,
            Expr::col((topic::Entity, topic::Column::Version)).add(1),
        )
        .to_owned();
    topic::Entity::insert_many(rows)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Write new authors.
pub(crate) async fn insert_authors(
    tx: &DatabaseTransaction,
    slugs: &[String],
) -> Result<(), DbErr> {
    if slugs.is_empty() {
        return Ok(());
    }
    let rows = slugs.iter().map(|slug| author::ActiveModel {
        slug: Set(slug.clone()),
        ..Default::default()
    });
    author::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// A kind of thing that can be removed, with its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    table: &'static str,
    words: &'static str,
    owner: &'static str,
}

pub(crate) const TOPIC: Kind = Kind {
    table: "topics",
    words: "topic_translations",
    owner: "topic_id",
};
pub(crate) const AUTHOR: Kind = Kind {
    table: "authors",
    words: "author_translations",
    owner: "author_id",
};
pub(crate) const ISSUE: Kind = Kind {
    table: "issues",
    words: "issue_translations",
    owner: "issue_id",
};
pub(crate) const ARTICLE: Kind = Kind {
    table: "articles",
    words: "article_translations",
    owner: "article_id",
};

/// Remove things; their words, bylines and former slugs go with them. Answers
/// how many translations went.
pub(crate) async fn remove(
    tx: &DatabaseTransaction,
    kind: Kind,
    ids: &[i64],
) -> Result<u64, DbErr> {
    let mut translations = 0;
    for ids in ids.chunks(ROWS) {
        let mut words = Query::delete();
        words
            .from_table(Alias::new(kind.words))
            .and_where(Expr::col(Alias::new(kind.owner)).is_in(ids.iter().copied()));
        translations += tx.execute(&words).await?.rows_affected();
        let mut things = Query::delete();
        things
            .from_table(Alias::new(kind.table))
            .and_where(Expr::col(Alias::new("id")).is_in(ids.iter().copied()));
        tx.execute(&things).await?;
    }
    Ok(translations)
}

/// Ids of a kind, ascending, after `id`.
pub(crate) async fn ids_after(
    tx: &DatabaseTransaction,
    kind: Kind,
    id: i64,
) -> Result<Vec<i64>, DbErr> {
    let select: SelectStatement = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new(kind.table))
        .and_where(Expr::col(Alias::new("id")).gt(id))
        .order_by(Alias::new("id"), sea_orm::sea_query::Order::Asc)
        .limit(ROWS as u64)
        .to_owned();
    let rows = tx.query_all(&select).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}
