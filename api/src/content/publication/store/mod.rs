//! All SQL of the publication.

pub(super) mod write;

use masthead_entities::{former_slug, publication, publication_locale};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, Statement,
};

use crate::content::publication::address::Paths;
use crate::content::publication::locales::Listed;
use crate::content::publication::settings::Settings;
use crate::database::Database;
use crate::error::Error;

/// Whether there is a publication: content of any kind needs one.
///
/// # Errors
/// If the database does not answer.
pub async fn exists(database: &Database) -> Result<bool, Error> {
    let found = publication::Entity::find_by_id(publication::ONLY_ID)
        .count(database.reader())
        .await?;
    Ok(found > 0)
}

/// The publication and its locales; empty before the first content.
pub(super) async fn settings(database: &Database) -> Result<Settings, Error> {
    let Some(publication) = publication::Entity::find_by_id(publication::ONLY_ID)
        .one(database.reader())
        .await?
    else {
        return Ok(Settings::default());
    };
    let locales = publication_locale::Entity::find()
        .order_by_asc(publication_locale::Column::Position)
        .all(database.reader())
        .await?;
    let publication::Model {
        id: _,
        default_locale,
        time_zone,
        url,
        issue_path,
        article_path,
        topic_path,
        author_path,
        version,
        first_url,
    } = publication;
    Ok(Settings {
        exists: true,
        version,
        names: locales.iter().map(|locale| locale.name.clone()).collect(),
        descriptions: locales
            .iter()
            .map(|locale| locale.description.clone())
            .collect(),
        locales: locales.into_iter().map(|locale| locale.tag).collect(),
        default_locale,
        time_zone,
        url,
        first_url,
        paths: Paths::new(issue_path, article_path, topic_path, author_path),
    })
}

/// The locales in order; none before the first content.
pub(super) async fn locales(connection: &impl ConnectionTrait) -> Result<Vec<Listed>, DbErr> {
    let Some(publication) = publication::Entity::find_by_id(publication::ONLY_ID)
        .one(connection)
        .await?
    else {
        return Ok(Vec::new());
    };
    let locales = publication_locale::Entity::find()
        .order_by_asc(publication_locale::Column::Position)
        .all(connection)
        .await?;
    let listed = locales.into_iter().map(|locale| Listed {
        is_default: locale.tag == publication.default_locale,
        tag: locale.tag,
        name: locale.name,
    });
    Ok(listed.collect())
}

/// What there is in a locale, and how much of it.
///
/// # Errors
/// If the database does not answer.
pub async fn uses_of_locale(
    tx: &DatabaseTransaction,
    tag: &str,
) -> Result<[(&'static str, i64); 5], DbErr> {
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT (SELECT count(*) FROM article_translations WHERE locale = $1) AS articles,
                (SELECT count(*) FROM issue_translations WHERE locale = $1) AS issues,
                (SELECT count(*) FROM topic_translations WHERE locale = $1) AS topics,
                (SELECT count(*) FROM author_translations WHERE locale = $1) AS authors,
                (SELECT count(*) FROM articles WHERE original_locale = $1) AS originals",
        [tag.into()],
    );
    let row = tx.query_one_raw(statement).await?;
    let mut uses = ["articles", "issues", "topics", "authors", "originals"].map(|what| (what, 0));
    for (what, count) in &mut uses {
        *count = row.as_ref().map_or(Ok(0), |row| row.try_get("", what))?;
    }
    Ok(uses)
}

/// Remove a locale that nothing uses, and the former slugs in it.
///
/// # Errors
/// If the database does not answer, or something uses it.
pub async fn remove_unused_locale(tx: &DatabaseTransaction, tag: &str) -> Result<(), DbErr> {
    former_slug::Entity::delete_many()
        .filter(former_slug::Column::Locale.eq(tag))
        .exec(tx)
        .await?;
    publication_locale::Entity::delete_by_id(tag.to_owned())
        .exec(tx)
        .await
        .map(|_| ())
}
