//! All SQL of topics.

use masthead_entities::{article, topic};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::content::language::Translated;
use crate::content::store::{Served, Written};

/// A topic as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub slug: String,
    pub position: i32,
    pub facts_version: i32,
    pub name: String,
    pub description: String,
    #[sea_orm(nested)]
    pub written: Written,
}

impl Served for Row {
    const WHAT: Translated = Translated::Topic;
    const FACTS: &'static [&'static str] = &["slug", "position"];
    const WORDS: &'static [&'static str] = &["name", "description"];

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.slug.len() + self.name.len() + self.description.len()
    }
}

/// The place of a topic among the topics; `None` where there is no such topic.
pub async fn position(tx: &DatabaseTransaction, id: i64) -> Result<Option<i32>, DbErr> {
    let found = topic::Entity::find_by_id(id).one(tx).await?;
    Ok(found.map(|topic| topic.position))
}

/// The last place that a topic has; 0 where there are none.
pub async fn last_position(tx: &DatabaseTransaction) -> Result<i32, DbErr> {
    let last: Option<i32> = topic::Entity::find()
        .select_only()
        .column(topic::Column::Position)
        .order_by_desc(topic::Column::Position)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Some of the articles on a topic, at most `limit`.
pub async fn articles_with(
    tx: &DatabaseTransaction,
    id: i64,
    limit: u64,
) -> Result<Vec<i64>, DbErr> {
    article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::TopicId.eq(id))
        .order_by_asc(article::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(tx)
        .await
}
