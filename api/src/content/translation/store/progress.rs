//! How far the words of articles are behind their original, and who worked on
//! them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query};

use crate::content::language::{Sight, Translated};
use crate::database::Database;
use crate::error::Error;

/// How the words of an article have been worked on.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Progress {
    pub id: i64,
    pub is_outdated: bool,
    pub is_original: bool,
    pub source_version: i32,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<String>,
    pub updated_by: Option<String>,
}

/// How these words of articles have been worked on, by their ids.
pub async fn progress(
    db: &Database,
    ids: &[i64],
    sight: Sight,
) -> Result<HashMap<i64, Progress>, Error> {
    let (table, words) = Translated::Article.words();
    let (articles, article) = Translated::Article.things();
    let own = |name: &'static str| Expr::col((words, name));
    let mut select = Query::select();
    select
        .from_as(table, words)
        .join_as(
            JoinType::InnerJoin,
            articles,
            article,
            Expr::col((article, "id")).equals((words, "article_id")),
        )
        .and_where(db.is_any((words, "id"), ids))
        .expr_as(is_outdated(words, sight), "is_outdated")
        .expr_as(
            own("locale").equals((article, "original_locale")),
            "is_original",
        );
    for name in [
        "id",
        "source_version",
        "approved_at",
        "approved_by",
        "updated_by",
    ] {
        select.expr_as(own(name), name);
    }
    let rows = db.rows(&select).await?;
    rows.iter()
        .map(|row| {
            let progress = Progress::from_query_result(row, "")?;
            Ok((progress.id, progress))
        })
        .collect()
}

/// Whether the words of an article that go by `words` are made from an original
/// whose text has changed since. The original itself never is.
///
/// Who sees no drafts is not told of an original that readers don't see, nor a
/// partner of one that the contract leaves out.
#[must_use]
pub fn is_outdated(words: &'static str, sight: Sight) -> Expr {
    let (article, original) = ("of_original", "original");
    let mut select = Query::select();
    select
        .expr(Expr::cust("1"))
        .from_as("articles", article)
        .join_as(
            JoinType::InnerJoin,
            "article_translations",
            original,
            Condition::all()
                .add(Expr::col((original, "article_id")).equals((article, "id")))
                .add(Expr::col((original, "locale")).equals((article, "original_locale"))),
        )
        .and_where(Expr::col((article, "id")).equals((words, "article_id")))
        .and_where(Expr::col((original, "id")).not_equals((words, "id")))
        .and_where(Expr::col((original, "text_version")).gt(Expr::col((words, "source_version"))));
    match sight {
        Sight::States(_) => {}
        Sight::Public | Sight::Preview(_) => {
            select.cond_where(Sight::Public.sees(Translated::Article, original));
        }
        Sight::Scoped(_) => {
            select.cond_where(sight.sees(Translated::Article, original));
        }
    }
    Expr::exists(select)
}

/// Whether the words that a row of the union `w` stands for are [outdated]: of
/// an article they must be.
///
/// [outdated]: is_outdated
pub fn is_outdated_in_union(sight: Sight) -> Condition {
    let own = "own";
    let outdated = Query::select()
        .expr(Expr::cust("1"))
        .from_as("article_translations", own)
        .and_where(Expr::col((own, "id")).equals(("w", "id")))
        .and_where(is_outdated(own, sight))
        .to_owned();
    Condition::all()
        .add(Expr::col(("w", "kind")).eq(super::tag(Translated::Article)))
        .add(Expr::exists(outdated))
}
