//! All SQL of purges.

use masthead_entities::{article, byline};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::database::Database;

/// Keys in one statement, at most.
const ROWS: usize = 500;

/// The articles that have any of these authors.
pub(super) async fn articles_by(database: &Database, authors: &[i64]) -> Result<Vec<i64>, DbErr> {
    let mut articles = Vec::new();
    for authors in authors.chunks(ROWS) {
        let found: Vec<i64> = byline::Entity::find()
            .select_only()
            .column(byline::Column::ArticleId)
            .distinct()
            .filter(byline::Column::AuthorId.is_in(authors.iter().copied()))
            .into_tuple()
            .all(database.reader())
            .await?;
        articles.extend(found);
    }
    Ok(articles)
}

/// The topics that any of these issues has an article on.
pub(super) async fn topics_in(database: &Database, issues: &[i64]) -> Result<Vec<i64>, DbErr> {
    let mut topics = Vec::new();
    for issues in issues.chunks(ROWS) {
        let found: Vec<i64> = article::Entity::find()
            .select_only()
            .column(article::Column::TopicId)
            .distinct()
            .filter(article::Column::IssueId.is_in(issues.iter().copied()))
            .into_tuple()
            .all(database.reader())
            .await?;
        topics.extend(found);
    }
    Ok(topics)
}
