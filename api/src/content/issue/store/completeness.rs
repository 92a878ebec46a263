//! How far the articles of issues have come in each locale.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query};

use crate::database::Database;
use crate::error::Error;

/// How many articles of an issue have come how far in a locale.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Counts {
    pub locale: String,
    pub published: i64,
    pub in_review: i64,
    pub approved: i64,
    pub draft: i64,
    pub missing: i64,
    pub outdated: i64,
}

/// What counts as what: the words in the locale go by `at`, the original by
/// `o`.
const COUNTED: [(&str, &str); 6] = [
    ("published", "at.state = 'PUBLISHED'"),
    (
        "in_review",
        "at.state = 'IN_REVIEW' AND at.approved_at IS NULL",
    ),
    (
        "approved",
        "at.state = 'IN_REVIEW' AND at.approved_at IS NOT NULL",
    ),
    ("draft", "at.state = 'DRAFT'"),
    ("missing", "at.id IS NULL"),
    (
        "outdated",
        "at.locale <> a.original_locale AND at.source_version < o.text_version",
    ),
];

/// The articles of these issues in each of the publication's locales, by the
/// issue; none for an issue without articles.
pub async fn completeness(
    db: &Database,
    issues: &[i64],
) -> Result<HashMap<i64, Vec<Counts>>, Error> {
    let words = |alias: &'static str, locale: Expr| {
        Expr::col((alias, "article_id"))
            .equals(("a", "id"))
            .and(Expr::col((alias, "locale")).eq(locale))
    };
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("a", "issue_id")), "issue")
        .expr_as(Expr::col(("pl", "tag")), "locale")
        .from_as("articles", "a")
        .join_as(
            JoinType::CrossJoin,
            "publication_locales",
            "pl",
            Expr::cust("1 = 1"),
        )
        .join_as(
            JoinType::LeftJoin,
            "article_translations",
            "at",
            words("at", Expr::col(("pl", "tag"))),
        )
        .join_as(
            JoinType::LeftJoin,
            "article_translations",
            "o",
            words("o", Expr::col(("a", "original_locale"))),
        )
        .and_where(db.is_any(("a", "issue_id"), issues))
        .group_by_columns([("a", "issue_id"), ("pl", "tag")]);
    for (name, condition) in COUNTED {
        let count = Expr::cust(format!("COUNT(CASE WHEN {condition} THEN 1 END)"));
        select.expr_as(count, name);
    }
    let mut found: HashMap<i64, Vec<Counts>> = HashMap::new();
    for row in db.rows(&select).await? {
        let issue = row.try_get("", "issue")?;
        let counts = Counts::from_query_result(&row, "")?;
        found.entry(issue).or_default().push(counts);
    }
    Ok(found)
}
