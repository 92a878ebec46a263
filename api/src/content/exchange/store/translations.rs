//! Translations of articles.

use std::collections::HashMap;

use masthead_entities::{article_translation, former_slug};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryFilter, QuerySelect, Set,
};

use super::ROWS;

/// A row whose slug someone else wants.
#[derive(Debug)]
pub(crate) struct SlugOwner {
    pub(crate) id: i64,
    pub(crate) article_id: i64,
    pub(crate) locale: String,
    pub(crate) slug: String,
}

/// The translations that have one of these slugs now, by locale.
pub(crate) async fn slug_owners(
    tx: &DatabaseTransaction,
    slugs: &HashMap<String, Vec<String>>,
) -> Result<Vec<SlugOwner>, DbErr> {
    use article_translation::Column;
    let mut owners = Vec::new();
    for (locale, slugs) in slugs {
        let rows: Vec<(i64, i64, String, String)> = article_translation::Entity::find()
            .select_only()
            .columns([Column::Id, Column::ArticleId, Column::Locale, Column::Slug])
            .filter(Column::Locale.eq(locale.as_str()))
            .filter(Column::Slug.is_in(slugs))
            .into_tuple()
            .all(tx)
            .await?;
        owners.extend(
            rows.into_iter()
                .map(|(id, article_id, locale, slug)| SlugOwner {
                    id,
                    article_id,
                    locale,
                    slug,
                }),
        );
    }
    Ok(owners)
}

/// Give translations a slug that nobody can have, so that others can take
/// theirs.
pub(crate) async fn park_slugs(tx: &DatabaseTransaction, ids: &[i64]) -> Result<(), DbErr> {
    for ids in ids.chunks(ROWS) {
        let parked = Expr::cust("' ' || CAST(id AS text)");
        article_translation::Entity::update_many()
            .col_expr(article_translation::Column::Slug, parked)
            .filter(article_translation::Column::Id.is_in(ids.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// The slug that [`park_slugs`] gives a translation.
pub(crate) fn parked_slug(id: i64) -> String {
    format!(" {id}")
}

/// Give a translation a slug.
pub(crate) async fn set_slug(tx: &DatabaseTransaction, id: i64, slug: String) -> Result<(), DbErr> {
    article_translation::Entity::update_many()
        .col_expr(article_translation::Column::Slug, Expr::value(slug))
        .filter(article_translation::Column::Id.eq(id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The titles of translations, by id.
pub(crate) async fn titles(
    tx: &DatabaseTransaction,
    ids: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    use article_translation::Column;
    let mut titles = HashMap::new();
    for ids in ids.chunks(ROWS) {
        let rows: Vec<(i64, String)> = article_translation::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Title])
            .filter(Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        titles.extend(rows);
    }
    Ok(titles)
}

/// Write translations that are new, or those that all have ids.
pub(crate) async fn write_translations(
    tx: &DatabaseTransaction,
    translations: Vec<article_translation::ActiveModel>,
) -> Result<(), DbErr> {
    use article_translation::Column;
    let mut rows = translations.into_iter().peekable();
    while rows.peek().is_some() {
        let others = Column::iter().filter(|column| !matches!(column, Column::Id));
        let conflict = OnConflict::column(Column::Id)
            .update_columns(others)
            .to_owned();
        article_translation::Entity::insert_many(rows.by_ref().take(ROWS))
            .on_conflict(conflict)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Let all translations of an article count as made from its original as it is
/// at this version.
pub(crate) async fn set_source(
    tx: &DatabaseTransaction,
    article: i64,
    version: i32,
) -> Result<(), DbErr> {
    article_translation::Entity::update_many()
        .col_expr(
            article_translation::Column::SourceVersion,
            Expr::value(version),
        )
        .filter(article_translation::Column::ArticleId.eq(article))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Ids of the translations of articles, by article and locale.
pub(crate) async fn ids_of(
    tx: &DatabaseTransaction,
    articles: &[i64],
) -> Result<HashMap<(i64, String), i64>, DbErr> {
    use article_translation::Column;
    let mut ids = HashMap::new();
    for articles in articles.chunks(ROWS) {
        let rows: Vec<(i64, String, i64)> = article_translation::Entity::find()
            .select_only()
            .columns([Column::ArticleId, Column::Locale, Column::Id])
            .filter(Column::ArticleId.is_in(articles.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        let rows = rows.into_iter();
        ids.extend(rows.map(|(article, locale, id)| ((article, locale), id)));
    }
    Ok(ids)
}

/// Remove translations.
pub(crate) async fn remove_translations(
    tx: &DatabaseTransaction,
    ids: &[i64],
) -> Result<(), DbErr> {
    for ids in ids.chunks(ROWS) {
        article_translation::Entity::delete_many()
            .filter(article_translation::Column::Id.is_in(ids.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Keep slugs that articles had: the article, the locale, the slug.
pub(crate) async fn keep_former_slugs(
    tx: &DatabaseTransaction,
    slugs: Vec<(i64, String, String)>,
) -> Result<(), DbErr> {
    let mut rows = slugs
        .into_iter()
        .map(|(article, locale, slug)| former_slug::ActiveModel {
            slug: Set(slug),
            locale: Set(Some(locale)),
            article_id: Set(Some(article)),
            ..Default::default()
        })
        .peekable();
    while rows.peek().is_some() {
        // One that was kept before, when its words were taken back, stays.
        former_slug::Entity::insert_many(rows.by_ref().take(ROWS))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
