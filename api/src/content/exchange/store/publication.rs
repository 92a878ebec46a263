//! The publication and its locales.

use masthead_entities::publication::ONLY_ID;
use masthead_entities::{publication, publication_locale};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryOrder, Set};

use crate::content::exchange::record::{Paths, Publication};

/// The publication as it is stored.
pub(crate) async fn find(tx: &DatabaseTransaction) -> Result<Option<Publication>, DbErr> {
    let Some(stored) = publication::Entity::find_by_id(ONLY_ID).one(tx).await? else {
        return Ok(None);
    };
    let locales = publication_locale::Entity::find()
        .order_by_asc(publication_locale::Column::Position)
        .all(tx)
        .await?;
    let texts = |text: fn(&publication_locale::Model) -> Option<&String>| {
        let texts = locales
            .iter()
            .filter_map(|locale| Some((locale.tag.clone(), text(locale)?.clone())));
        texts.collect()
    };
    Ok(Some(Publication {
        format: crate::content::exchange::record::FORMAT,
        name: texts(|locale| locale.name.as_ref()),
        description: texts(|locale| locale.description.as_ref()),
        locales: locales.iter().map(|locale| locale.tag.clone()).collect(),
        default_locale: stored.default_locale,
        time_zone: stored.time_zone,
        url: stored.url,
        paths: Paths {
            issue: stored.issue_path,
            article: stored.article_path,
            topic: stored.topic_path,
            author: stored.author_path,
        },
    }))
}

/// Write the publication. A locale that it no longer has keeps its row, for
/// what may still refer to it.
pub(crate) async fn write(
    tx: &DatabaseTransaction,
    publication: &Publication,
) -> Result<(), DbErr> {
    // Positions are unique at every moment: make room first.
    tx.execute_unprepared("UPDATE publication_locales SET position = -position")
        .await?;
    let locales =
        (1..)
            .zip(&publication.locales)
            .map(|(position, tag)| publication_locale::ActiveModel {
                tag: Set(tag.clone()),
                position: Set(position),
                name: Set(text_in(&publication.name, tag)),
                description: Set(text_in(&publication.description, tag)),
            });
    let conflict = OnConflict::column(publication_locale::Column::Tag)
        .update_columns([
            publication_locale::Column::Position,
            publication_locale::Column::Name,
            publication_locale::Column::Description,
        ])
        .to_owned();
    publication_locale::Entity::insert_many(locales)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await?;
    write_facts(tx, publication).await
}

async fn write_facts(tx: &DatabaseTransaction, publication: &Publication) -> Result<(), DbErr> {
    let row = publication::ActiveModel {
        id: Set(ONLY_ID),
        default_locale: Set(publication.default_locale.clone()),
        time_zone: Set(publication.time_zone.clone()),
        url: Set(publication.url.clone()),
        issue_path: Set(publication.paths.issue.clone()),
        article_path: Set(publication.paths.article.clone()),
        topic_path: Set(publication.paths.topic.clone()),
        author_path: Set(publication.paths.author.clone()),
        version: Set(1),
        // Not among the columns that a later import writes over.
        first_url: Set(publication.url.clone()),
    };
    let conflict = OnConflict::column(publication::Column::Id)
        .update_columns([
            publication::Column::DefaultLocale,
            publication::Column::TimeZone,
            publication::Column::Url,
            publication::Column::IssuePath,
            publication::Column::ArticlePath,
            publication::Column::TopicPath,
            publication::Column::AuthorPath,
        ])
        .value(
            publication::Column::Version,
            Expr::col((publication::Entity, publication::Column::Version)).add(1),
        )
        .to_owned();
    publication::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

fn text_in(texts: &[(String, String)], locale: &str) -> Option<String> {
    let text = texts.iter().find(|(tag, _)| tag == locale);
    text.map(|(_, text)| text.clone())
}
