//! What is written of articles and of their words.

use chrono::{DateTime, Utc};
use masthead_entities::article_translation::{ActiveModel, Column, Entity, Model, State};
use masthead_entities::{article, author, byline, issue};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

/// An article whose words are written, and what of its issue these go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub article: article::Model,
    /// When its issue was published; `None`: it is not.
    pub issue_published_at: Option<DateTime<Utc>>,
}

/// An issue that articles stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueFacts {
    pub number: i32,
    pub published_at: Option<DateTime<Utc>>,
}

/// How far the words of an article have come in a locale.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Stage {
    pub locale: String,
    pub state: State,
    pub version: i32,
}

/// The article with this id; `None` where there is none.
pub async fn owner(tx: &DatabaseTransaction, id: i64) -> Result<Option<Owner>, DbErr> {
    let Some(article) = article::Entity::find_by_id(id).one(tx).await? else {
        return Ok(None);
    };
    let issue = issue_facts(tx, article.issue_id).await?;
    Ok(Some(Owner {
        article,
        issue_published_at: issue.and_then(|issue| issue.published_at),
    }))
}

/// The articles of an issue, in their order.
pub async fn owners_in(tx: &DatabaseTransaction, issue: i64) -> Result<Vec<Owner>, DbErr> {
    let articles = article::Entity::find()
        .filter(article::Column::IssueId.eq(issue))
        .order_by_asc(article::Column::Position)
        .all(tx)
        .await?;
    let issue = issue_facts(tx, issue).await?;
    let owners = articles.into_iter().map(|article| Owner {
        article,
        issue_published_at: issue.and_then(|issue| issue.published_at),
    });
    Ok(owners.collect())
}

/// The issue with this id; `None` where there is none.
pub async fn issue_facts(
    tx: &DatabaseTransaction,
    issue: i64,
) -> Result<Option<IssueFacts>, DbErr> {
    let found = issue::Entity::find_by_id(issue).one(tx).await?;
    Ok(found.map(|issue| IssueFacts {
        number: issue.number,
        published_at: issue.published_at,
    }))
}

/// The words of an article in a locale; `None` where it has none.
pub async fn words_in(
    tx: &DatabaseTransaction,
    article: i64,
    locale: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ArticleId.eq(article))
        .filter(Column::Locale.eq(locale))
        .one(tx)
        .await
}

/// The words of an article in every locale, by locale.
pub async fn words_of(tx: &DatabaseTransaction, article: i64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ArticleId.eq(article))
        .order_by_asc(Column::Locale)
        .all(tx)
        .await
}

/// How far the words of an article have come, by locale, without reading them.
pub async fn stages(tx: &DatabaseTransaction, article: i64) -> Result<Vec<Stage>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Locale, Column::State, Column::Version])
        .filter(Column::ArticleId.eq(article))
        .order_by_asc(Column::Locale)
        .into_model()
        .all(tx)
        .await
}

/// Write words: over those that have an id, else new ones. The answer is the
/// id.
pub async fn write_words(tx: &DatabaseTransaction, row: ActiveModel) -> Result<i64, DbErr> {
    if let ActiveValue::Set(id) = row.id {
        let update = Entity::update_many().set(row).filter(Column::Id.eq(id));
        update.exec(tx).await?;
        return Ok(id);
    }
    Ok(Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Remove words with all that is made of them.
pub async fn remove_words(tx: &DatabaseTransaction, id: i64) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}

/// Let all words of an article count as made from the original as it is at
/// `version`.
pub async fn set_source(tx: &DatabaseTransaction, article: i64, version: i32) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::SourceVersion, Expr::val(version))
        .filter(Column::ArticleId.eq(article))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Those of `authors` that there are.
pub async fn known_authors(tx: &DatabaseTransaction, authors: &[i64]) -> Result<Vec<i64>, DbErr> {
    author::Entity::find()
        .select_only()
        .column(author::Column::Id)
        .filter(author::Column::Id.is_in(authors.iter().copied()))
        .into_tuple()
        .all(tx)
        .await
}

/// The authors of an article, in byline order.
pub async fn authors_of(tx: &DatabaseTransaction, article: i64) -> Result<Vec<i64>, DbErr> {
    byline::Entity::find()
        .select_only()
        .column(byline::Column::AuthorId)
        .filter(byline::Column::ArticleId.eq(article))
        .order_by_asc(byline::Column::Position)
        .into_tuple()
        .all(tx)
        .await
}

/// Replace the byline of an article.
pub async fn write_byline(
    tx: &DatabaseTransaction,
    article: i64,
    authors: &[i64],
) -> Result<(), DbErr> {
    byline::Entity::delete_many()
        .filter(byline::Column::ArticleId.eq(article))
        .exec(tx)
        .await?;
    let rows = (1..)
        .zip(authors)
        .map(|(position, author)| byline::ActiveModel {
            article_id: Set(article),
            position: Set(position),
            author_id: Set(*author),
        });
    if authors.is_empty() {
        return Ok(());
    }
    byline::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// The last place in an issue that an article has; 0 where it has none.
pub async fn last_position(tx: &DatabaseTransaction, issue: i64) -> Result<i32, DbErr> {
    let last: Option<i32> = article::Entity::find()
        .select_only()
        .column(article::Column::Position)
        .filter(article::Column::IssueId.eq(issue))
        .order_by_desc(article::Column::Position)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.unwrap_or(0))
}

/// The article at a place in an issue; `None`: it is free.
pub async fn at_position(
    tx: &DatabaseTransaction,
    issue: i64,
    position: i32,
) -> Result<Option<i64>, DbErr> {
    article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::IssueId.eq(issue))
        .filter(article::Column::Position.eq(position))
        .into_tuple()
        .one(tx)
        .await
}

/// Those of `keys` that articles have.
pub async fn taken_keys(tx: &DatabaseTransaction, keys: &[String]) -> Result<Vec<String>, DbErr> {
    article::Entity::find()
        .select_only()
        .column(article::Column::Key)
        .filter(article::Column::Key.is_in(keys))
        .into_tuple()
        .all(tx)
        .await
}
