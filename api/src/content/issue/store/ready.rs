//! What of an issue is ready, and what of it is public.

use masthead_entities::article_translation::State;
use masthead_entities::{article, article_translation};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::content::writing::Writing;

/// The words of the issue's articles that readers see.
pub async fn public(tx: &DatabaseTransaction, issue: i64) -> Result<Vec<(i64, String)>, DbErr> {
    article_translation::Entity::find()
        .select_only()
        .columns([
            article_translation::Column::ArticleId,
            article_translation::Column::Locale,
        ])
        .filter(article_translation::Column::ArticleId.in_subquery(articles_of(issue)))
        .filter(article_translation::Column::PublicAt.is_not_null())
        .order_by_asc(article_translation::Column::Id)
        .into_tuple()
        .all(tx)
        .await
}

pub async fn publish_ready(writing: &Writing, issue: i64) -> Result<(), DbErr> {
    article_translation::Entity::update_many()
        .col_expr(
            article_translation::Column::State,
            Expr::value(State::Published),
        )
        .col_expr(
            article_translation::Column::Version,
            Expr::col(article_translation::Column::Version).add(1),
        )
        .filter(article_translation::Column::State.eq(State::InReview))
        .filter(article_translation::Column::ApprovedAt.is_not_null())
        .filter(article_translation::Column::ArticleId.in_subquery(articles_of(issue)))
        .exec(writing.tx())
        .await?;
    withdraw_issue(writing, issue).await
}

pub async fn withdraw_issue(writing: &Writing, issue: i64) -> Result<(), DbErr> {
    let public_at = Expr::cust(
        "(SELECT COALESCE(article_translations.published_at, issues.published_at)
          FROM articles JOIN issues ON issues.id = articles.issue_id
          WHERE articles.id = article_translations.article_id
            AND issues.published_at IS NOT NULL
            AND article_translations.state = 'PUBLISHED')",
    );
    article_translation::Entity::update_many()
        .col_expr(article_translation::Column::PublicAt, public_at)
        .filter(article_translation::Column::ArticleId.in_subquery(articles_of(issue)))
        .exec(writing.tx())
        .await
        .map(|_| ())
}

fn articles_of(issue: i64) -> SelectStatement {
    Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::IssueId.eq(issue))
        .to_owned()
}
