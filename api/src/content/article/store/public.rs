//! Since when readers see the words of articles: a column of the words, so that
//! every reading asks one condition. It follows from their state, their own time
//! of publication and their issue's.

use masthead_entities::{article, article_translation};
use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

/// Make `public_at` true again for all articles of issues.
///
/// # Errors
/// If the database does not answer.
pub async fn refresh_public_at(tx: &DatabaseTransaction, issues: &[i64]) -> Result<(), DbErr> {
    let articles = Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::IssueId.is_in(issues.iter().copied()))
        .to_owned();
    refresh(
        tx,
        article_translation::Column::ArticleId.in_subquery(articles),
    )
    .await
}

/// Make `public_at` true again for articles.
///
/// # Errors
/// If the database does not answer.
pub async fn refresh_public_at_of_articles(
    tx: &DatabaseTransaction,
    articles: &[i64],
) -> Result<(), DbErr> {
    refresh(
        tx,
        article_translation::Column::ArticleId.is_in(articles.iter().copied()),
    )
    .await
}

async fn refresh(tx: &DatabaseTransaction, which: SimpleExpr) -> Result<(), DbErr> {
    let public_at = Expr::cust(
        "(SELECT COALESCE(article_translations.published_at, issues.published_at)
          FROM articles JOIN issues ON issues.id = articles.issue_id
          WHERE articles.id = article_translations.article_id
            AND issues.published_at IS NOT NULL
            AND article_translations.state = 'PUBLISHED')",
    );
    article_translation::Entity::update_many()
        .col_expr(article_translation::Column::PublicAt, public_at)
        .filter(which)
        .exec(tx)
        .await
        .map(|_| ())
}
