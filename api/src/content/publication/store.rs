//! All SQL of the publication.

use masthead_entities::{publication, publication_locale};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use crate::content::publication::address::Paths;
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
    } = publication;
    Ok(Settings {
        exists: true,
        names: locales.iter().map(|locale| locale.name.clone()).collect(),
        descriptions: locales
            .iter()
            .map(|locale| locale.description.clone())
            .collect(),
        locales: locales.into_iter().map(|locale| locale.tag).collect(),
        default_locale,
        time_zone,
        url,
        paths: Paths::new(issue_path, article_path, topic_path, author_path),
    })
}
