//! What stands next to an article, in its issue or in its topic.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order as Sort, Query};

use super::{Parent, Row, read_row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::rich_text::Forms;
use crate::content::store;
use crate::database::Database;
use crate::error::Error;

/// Where to look for the next article or the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Next,
    Previous,
}

/// The articles that stand next to these in the issue, or in the topic's list
/// by time, by the key of the article that they stand next to.
pub async fn neighbours(
    db: &Database,
    ids: &[i64],
    within: Parent,
    step: Step,
    locales: &Locales,
) -> Result<HashMap<i64, Row>, Error> {
    let (sort, beyond): (_, fn(Expr, Expr) -> Expr) = match step {
        Step::Next => (Sort::Asc, |one, other| one.gt(other)),
        Step::Previous => (Sort::Desc, |one, other| one.lt(other)),
    };
    let mut neighbour = served(locales);
    neighbour.expr(Expr::col(("at", "id"))).limit(1);
    match within {
        Parent::Issue => neighbour
            .and_where(Expr::col(("a", "issue_id")).equals(("here", "issue_id")))
            .and_where(beyond(
                Expr::col(("a", "position")),
                Expr::col(("here", "position")),
            ))
            .order_by(("a", "position"), sort),
        Parent::Topic | Parent::Author => neighbour
            .and_where(Expr::col(("at", "topic_id")).equals(("here", "topic_id")))
            .and_where(beyond(
                Expr::tuple([
                    Expr::col(("at", "public_at")),
                    Expr::col(("at", "article_id")),
                ]),
                Expr::tuple([
                    Expr::col(("here_words", "public_at")),
                    Expr::col(("here", "id")),
                ]),
            ))
            .order_by(("at", "public_at"), sort.clone())
            .order_by(("at", "article_id"), sort),
    };
    let mut here = Query::select();
    here.expr_as(Expr::col(("here", "id")), "here").expr_as(
        Expr::SubQuery(None, Box::new(neighbour.into())),
        "neighbour",
    );
    here.from_as("articles", "here")
        .and_where(db.is_any(("here", "id"), ids));
    if within != Parent::Issue {
        // Its own time in the list: the one that the reader is served.
        here.join_subquery(
            JoinType::InnerJoin,
            served(locales)
                .expr_as(Expr::col(("at", "article_id")), "article_id")
                .expr_as(Expr::col(("at", "public_at")), "public_at")
                .and_where(db.is_any(("at", "article_id"), ids))
                .to_owned(),
            "here_words",
            Expr::col(("here_words", "article_id")).equals(("here", "id")),
        );
    }

    let mut select = Query::select();
    select
        .from_subquery(here, "steps")
        .join_as(
            JoinType::InnerJoin,
            "article_translations",
            "at",
            Expr::col(("at", "id")).equals(("steps", "neighbour")),
        )
        .expr_as(Expr::col(("steps", "here")), "here");
    store::join_things(&mut select, Translated::Article);
    select_row(&mut select, Forms::NONE);
    let mut found = HashMap::new();
    for row in db.rows(&select).await? {
        found.insert(row.try_get("", "here")?, read_row(&row, Forms::NONE)?);
    }
    Ok(found)
}
