//! What the writers of the publication ask the database for.

use masthead_entities::{publication, publication_locale};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    Set, Statement,
};

use crate::content::language::Translated;
use crate::content::publication::locales::Listed;

/// The publication and its locales in order; `None` before the first content.
pub async fn find(
    tx: &DatabaseTransaction,
) -> Result<Option<(publication::Model, Vec<publication_locale::Model>)>, DbErr> {
    let found = publication::Entity::find_by_id(publication::ONLY_ID)
        .one(tx)
        .await?;
    let Some(publication) = found else {
        return Ok(None);
    };
    let locales = publication_locale::Entity::find()
        .order_by_asc(publication_locale::Column::Position)
        .all(tx)
        .await?;
    Ok(Some((publication, locales)))
}

/// Make the publication, with its locales in this order.
pub async fn insert(
    tx: &DatabaseTransaction,
    publication: publication::ActiveModel,
    locales: Vec<publication_locale::ActiveModel>,
) -> Result<(), DbErr> {
    publication_locale::Entity::insert_many(locales)
        .exec_without_returning(tx)
        .await?;
    publication::Entity::insert(publication)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Write these facts of the publication, if any, and count the write.
pub async fn update(
    tx: &DatabaseTransaction,
    facts: Vec<(publication::Column, Option<String>)>,
) -> Result<(), DbErr> {
    let version = Expr::col(publication::Column::Version).add(1);
    let mut update =
        publication::Entity::update_many().col_expr(publication::Column::Version, version);
    for (column, value) in facts {
        update = update.col_expr(column, Expr::value(value));
    }
    update.exec(tx).await.map(|_| ())
}

/// Write the name and the description of the publication in a locale.
pub async fn set_words(
    tx: &DatabaseTransaction,
    tag: &str,
    name: Option<String>,
    description: Option<String>,
) -> Result<(), DbErr> {
    publication_locale::Entity::update_many()
        .col_expr(publication_locale::Column::Name, Expr::value(name))
        .col_expr(
            publication_locale::Column::Description,
            Expr::value(description),
        )
        .filter(publication_locale::Column::Tag.eq(tag))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Add a locale, in no place yet.
pub async fn insert_locale(
    tx: &DatabaseTransaction,
    locale: &Listed,
    description: Option<String>,
) -> Result<(), DbErr> {
    let row = publication_locale::ActiveModel {
        tag: Set(locale.tag.clone()),
        position: Set(0),
        name: Set(locale.name.clone()),
        description: Set(description),
    };
    publication_locale::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Give all locales their places.
pub async fn arrange_locales(
    tx: &DatabaseTransaction,
    tags: impl Iterator<Item = &str>,
) -> Result<(), DbErr> {
    // Places are unique at every moment: make room first.
    tx.execute_unprepared("UPDATE publication_locales SET position = -1 - position")
        .await?;
    for (place, tag) in (1..).zip(tags) {
        publication_locale::Entity::update_many()
            .col_expr(publication_locale::Column::Position, Expr::val(place))
            .filter(publication_locale::Column::Tag.eq(tag))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Some of the things that have words in a locale, at most `limit`.
pub async fn users_of_locale(
    tx: &DatabaseTransaction,
    tag: &str,
    limit: usize,
) -> Result<Vec<(Translated, i64)>, DbErr> {
    let mut users = Vec::new();
    for what in [
        Translated::Article,
        Translated::Issue,
        Translated::Topic,
        Translated::Author,
    ] {
        let (words, key) = (what.words().0, what.key());
        let statement = Statement::from_sql_and_values(
            tx.get_database_backend(),
            format!("SELECT {key} AS id FROM {words} WHERE locale = $1 ORDER BY {key} LIMIT $2"),
            [tag.into(), (limit as i64).into()],
        );
        for row in tx.query_all_raw(statement).await? {
            users.push((what, row.try_get("", "id")?));
        }
    }
    users.truncate(limit);
    Ok(users)
}
