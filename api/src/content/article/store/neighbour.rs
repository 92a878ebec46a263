//! What stands next to an article: in its issue, or in a list by time.

use std::collections::HashMap;

use sea_orm::sea_query::{
    Expr, ExprTrait, Func, JoinType, Order as Sort, Query, SelectStatement, WindowStatement,
};

use super::{Parts, Row, read_row, select_row, served};
use crate::content::language::{Locales, Translated};
use crate::content::store;
use crate::database::Database;
use crate::error::Error;

/// Where to look for the next article or the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Next,
    Previous,
}

/// Among which articles to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// Those of the issue, by position.
    Issue,
    /// Those on the topic, by time.
    Topic,
    /// Those of the first author in the byline who exists for the reader, by
    /// time.
    FirstAuthor,
    /// All, by time.
    All,
}

/// The articles that stand next to these, by the key of the article that they
/// stand next to. By time is by the time that the reader is served; ties by key.
pub async fn neighbours(
    db: &Database,
    ids: &[i64],
    within: Within,
    step: Step,
    locales: &Locales,
) -> Result<HashMap<i64, Row>, Error> {
    let steps = match within {
        Within::Issue => in_issue(db, ids, step, locales),
        Within::Topic | Within::All => in_time(db, ids, within, step, locales),
        Within::FirstAuthor => by_first_author(db, ids, step, locales),
    };
    let (words, _) = locales.sight().words(Translated::Article);
    let mut select = Query::select();
    select
        .from_subquery(steps, "steps")
        .join_as(
            JoinType::InnerJoin,
            words,
            "at",
            Expr::col(("at", "id")).equals(("steps", "neighbour")),
        )
        .expr_as(Expr::col(("steps", "here")), "here");
    store::join_things(&mut select, Translated::Article, locales.sight());
    select_row(&mut select, Parts::WHOLE);
    let mut found = HashMap::new();
    for row in db.rows(&select).await? {
        found.insert(row.try_get("", "here")?, read_row(&row, Parts::WHOLE)?);
    }
    Ok(found)
}

impl Step {
    pub(super) const fn sort(self) -> Sort {
        match self {
            Self::Next => Sort::Asc,
            Self::Previous => Sort::Desc,
        }
    }

    /// Whether `one` lies beyond `other`.
    pub(super) fn beyond(self, one: Expr, other: Expr) -> Expr {
        match self {
            Self::Next => one.gt(other),
            Self::Previous => one.lt(other),
        }
    }
}

fn in_issue(db: &Database, ids: &[i64], step: Step, locales: &Locales) -> SelectStatement {
    let neighbour = served(locales)
        .expr(Expr::col(("at", "id")))
        .and_where(Expr::col(("a", "issue_id")).equals(("here", "issue_id")))
        .and_where(step.beyond(
            Expr::col(("a", "position")),
            Expr::col(("here", "position")),
        ))
        .order_by(("a", "position"), step.sort())
        .limit(1)
        .to_owned();
    beside_each(db, ids, neighbour)
}

fn in_time(
    db: &Database,
    ids: &[i64],
    within: Within,
    step: Step,
    locales: &Locales,
) -> SelectStatement {
    let mut neighbour = served(locales);
    neighbour
        .expr(Expr::col(("at", "id")))
        .and_where(step.beyond(
            Expr::tuple([
                Expr::col(("at", "public_at")),
                Expr::col(("at", "article_id")),
            ]),
            Expr::tuple([
                Expr::col(("here_words", "public_at")),
                Expr::col(("here", "id")),
            ]),
        ))
        .order_by(("at", "public_at"), step.sort())
        .order_by(("at", "article_id"), step.sort())
        .limit(1);
    if within == Within::Topic {
        neighbour.and_where(Expr::col(("at", "topic_id")).equals(("here", "topic_id")));
    }
    let mut steps = beside_each(db, ids, neighbour);
    // Its own time in the list: the one that the reader is served.
    let own = served(locales)
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::col(("at", "public_at")), "public_at")
        .and_where(db.is_any(("at", "article_id"), ids))
        .to_owned();
    steps.join_subquery(
        JoinType::InnerJoin,
        own,
        "here_words",
        Expr::col(("here_words", "article_id")).equals(("here", "id")),
    );
    steps
}

/// No index has an author's articles by time: the lists of all authors that are
/// meant are walked once, not once for each article.
fn by_first_author(db: &Database, ids: &[i64], step: Step, locales: &Locales) -> SelectStatement {
    let first = Query::select()
        .expr_as(Expr::col(("b", "article_id")), "article_id")
        .expr_as(Expr::col(("b", "author_id")), "author_id")
        .expr_window_as(
            Expr::cust("ROW_NUMBER()"),
            WindowStatement::partition_by(("b", "article_id"))
                .order_by(("b", "position"), Sort::Asc)
                .take(),
            "place",
        )
        .from_as("bylines", "b")
        .and_where(db.is_any(("b", "article_id"), ids))
        .and_where(store::exists(
            Translated::Author,
            ("b", "author_id"),
            locales,
        ))
        .to_owned();
    let first = Query::select()
        .columns(["article_id", "author_id"])
        .from_subquery(first, "authors")
        .and_where(Expr::col("place").eq(1))
        .to_owned();
    let authors = Query::select()
        .column("author_id")
        .from_subquery(first.clone(), "those")
        .to_owned();

    let mut by_time = WindowStatement::partition_by(("b", "author_id"));
    by_time
        .order_by(("at", "public_at"), step.sort())
        .order_by(("at", "article_id"), step.sort());
    let next = Func::cust("LEAD").arg(Expr::col(("at", "id")));
    let lists = served(locales)
        .expr_as(Expr::col(("b", "author_id")), "author_id")
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_window_as(next, by_time, "neighbour")
        .join_as(
            JoinType::InnerJoin,
            "bylines",
            "b",
            Expr::col(("b", "article_id")).equals(("at", "article_id")),
        )
        .and_where(Expr::col(("b", "author_id")).in_subquery(authors))
        .to_owned();
    Query::select()
        .expr_as(Expr::col(("first", "article_id")), "here")
        .expr_as(Expr::col(("lists", "neighbour")), "neighbour")
        .from_subquery(first, "first")
        .join_subquery(
            JoinType::InnerJoin,
            lists,
            "lists",
            Expr::col(("lists", "author_id"))
                .equals(("first", "author_id"))
                .and(Expr::col(("lists", "article_id")).equals(("first", "article_id"))),
        )
        .to_owned()
}

/// The key of each of these articles, with the one that `neighbour` finds
/// beside it.
fn beside_each(db: &Database, ids: &[i64], neighbour: SelectStatement) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col(("here", "id")), "here")
        .expr_as(
            Expr::SubQuery(None, Box::new(neighbour.into())),
            "neighbour",
        )
        .from_as("articles", "here")
        .and_where(db.is_any(("here", "id"), ids))
        .to_owned()
}
