//! Articles that are like others.
//!
//! An article is compared with its nearest neighbours alone, so that the work
//! is bounded however many there are: on each side, the [`NEAREST`] in time on
//! its topic, the [`NEAREST`] in time that share each of its key terms, and of
//! each of its authors the [`NEAREST`] that came in before it and after it. A
//! term or an author that many nearer ones share tells little, and counts for
//! these alone.

use std::collections::HashMap;

use sea_orm::sea_query::{
    CommonTableExpression, Condition, Expr, ExprTrait, Func, JoinType, Order as Sort, Query,
    SelectStatement, UnionType, WindowStatement, WithClause,
};

use super::{Parts, Row, Step, read_row, select_row, served};
use crate::content::language::{Locales, Sight, Translated};
use crate::content::store;
use crate::database::{Database, Engine};
use crate::error::Error;

/// How many neighbours of a kind are looked at, on each side.
const NEAREST: u64 = 50;

/// What makes two articles alike: the same topic counts 4, each author in common
/// 2, of two at most, and each key term in common 1, of eight at most.
const POINTS: &str = "CASE WHEN at.topic_id = here.topic_id THEN 4 ELSE 0 END
    + 2 * CASE WHEN found.authors > 2 THEN 2 ELSE found.authors END
    + CASE WHEN found.terms > 8 THEN 8 ELSE found.terms END";

/// The articles that are most like each of these, the likest first, at most
/// `first`, by the key of the article that they are like. Those that are as
/// like: the nearest in time first, in whole seconds; then by key.
pub async fn related(
    db: &Database,
    ids: &[i64],
    first: u32,
    locales: &Locales,
) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let mut here = CommonTableExpression::new();
    here.table_name("here").query(here_of(db, ids, locales));

    let (words, _) = locales.sight().words(Translated::Article);
    let mut select = Query::select();
    select
        .from_subquery(ranked(db, locales), "ranked")
        .join_as(
            JoinType::InnerJoin,
            words,
            "at",
            Expr::col(("at", "id")).equals(("ranked", "id")),
        )
        .expr_as(Expr::col(("ranked", "here")), "here")
        .and_where(Expr::col(("ranked", "place")).lte(i64::from(first)))
        .order_by(("ranked", "place"), Sort::Asc)
        .with_cte(WithClause::new().cte(here).to_owned());
    store::join_things(&mut select, Translated::Article, locales.sight());
    select_row(&mut select, Parts::WHOLE);
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    for row in db.rows(&select).await? {
        let rows = found.entry(row.try_get("", "here")?).or_default();
        rows.push(read_row(&row, Parts::WHOLE)?);
    }
    Ok(found)
}

/// The articles that are asked about, as the reader is served them.
fn here_of(db: &Database, ids: &[i64], locales: &Locales) -> SelectStatement {
    let mut select = served(locales);
    select.expr_as(Expr::col(("at", "id")), "translation_id");
    for name in ["article_id", "topic_id", "public_at"] {
        select.expr_as(Expr::col(("at", name)), name);
    }
    select
        .and_where(db.is_any(("at", "article_id"), ids))
        .to_owned()
}

/// The key of the words of each related article, and its place.
fn ranked(db: &Database, locales: &Locales) -> SelectStatement {
    let time = |table: &'static str| db.seconds((table, "public_at"));
    let distance = Func::cust("ABS").arg(time("at").sub(time("here")));
    let mut order = WindowStatement::partition_by(("found", "here"));
    order
        .order_by_expr(Expr::cust(POINTS), Sort::Desc)
        .order_by_expr(distance.into(), Sort::Asc)
        .order_by(("at", "article_id"), Sort::Asc);
    served(locales)
        .expr_as(Expr::col(("found", "here")), "here")
        .expr_as(Expr::col(("at", "id")), "id")
        .expr_window_as(Expr::cust("ROW_NUMBER()"), order, "place")
        .join_subquery(
            JoinType::InnerJoin,
            candidates(db, locales),
            "found",
            Expr::col(("found", "id")).equals(("at", "article_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            "here",
            "here",
            Expr::col(("here", "article_id")).equals(("found", "here")),
        )
        .to_owned()
}

/// The articles that may be related, with how many authors and terms they
/// share.
fn candidates(db: &Database, locales: &Locales) -> SelectStatement {
    let sides = [Step::Next, Step::Previous];
    let mut parts = sides.into_iter().flat_map(|side| {
        [
            on_topic(db, side, locales),
            by_author(db, side),
            with_term(db, side, locales.sight()),
        ]
    });
    let mut all = parts.next().unwrap_or_default();
    all.unions(parts.map(|part| (UnionType::All, part)));
    Query::select()
        .columns(["here", "id"])
        .expr_as(Expr::cust("SUM(authors)"), "authors")
        .expr_as(Expr::cust("SUM(terms)"), "terms")
        .from_subquery(all, "parts")
        .group_by_columns(["here", "id"])
        .to_owned()
}

/// The nearest in time on the topic.
fn on_topic(db: &Database, side: Step, locales: &Locales) -> SelectStatement {
    let nearest = served(locales)
        .expr_as(Expr::col(("at", "article_id")), "id")
        .and_where(Expr::col(("at", "topic_id")).equals(("here", "topic_id")))
        .and_where(in_time(side, "at"))
        .order_by(("at", "public_at"), side.sort())
        .order_by(("at", "article_id"), side.sort())
        .limit(NEAREST)
        .to_owned();
    part(db, None, nearest, (0, 0))
}

/// The nearest by each author, in the order in which articles came in: no
/// index has them in time.
fn by_author(db: &Database, side: Step) -> SelectStatement {
    let nearest = Query::select()
        .expr_as(Expr::col(("b", "article_id")), "id")
        .from_as("bylines", "b")
        .and_where(Expr::col(("b", "author_id")).equals(("mine", "author_id")))
        .and_where(side.beyond(
            Expr::col(("b", "article_id")),
            Expr::col(("here", "article_id")),
        ))
        .order_by(("b", "article_id"), side.sort())
        .limit(NEAREST)
        .to_owned();
    part(db, Some(("bylines", "article_id")), nearest, (1, 0))
}

/// The nearest in time with each key term, in the language that the article is
/// served in.
fn with_term(db: &Database, side: Step, sight: Sight) -> SelectStatement {
    let mut nearest = Query::select();
    nearest
        .expr_as(Expr::col(("k", "article_id")), "id")
        .from_as("article_key_terms", "k")
        .and_where(Expr::col(("k", "locale")).equals(("mine", "locale")))
        .and_where(Expr::col(("k", "term")).equals(("mine", "term")));
    let time = if sight == Sight::Public {
        nearest.and_where(Expr::col(("k", "public_at")).is_not_null());
        "k"
    } else {
        // Key terms repeat the time of what is public alone.
        let (words, at) = sight.words(Translated::Article);
        let own = Expr::col((at, "id")).equals(("k", "translation_id"));
        nearest
            .join_as(JoinType::InnerJoin, words, at, own)
            .cond_where(sight.sees(Translated::Article, at));
        at
    };
    nearest
        .and_where(in_time(side, time))
        .order_by((time, "public_at"), side.sort())
        .order_by((time, "article_id"), side.sort())
        .limit(NEAREST);
    part(
        db,
        Some(("article_key_terms", "translation_id")),
        nearest,
        (0, 1),
    )
}

fn in_time(side: Step, table: &'static str) -> Expr {
    let when = |table: &'static str| {
        Expr::tuple([
            Expr::col((table, "public_at")),
            Expr::col((table, "article_id")),
        ])
    };
    side.beyond(when(table), when("here"))
}

/// What `nearest` finds for each article, or for each row of it in the table
/// `mine`, which has its key in the column that is named; and what each counts.
fn part(
    db: &Database,
    mine: Option<(&'static str, &'static str)>,
    nearest: SelectStatement,
    (authors, terms): (u8, u8),
) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("here", "article_id")), "here")
        .expr_as(Expr::col(("nearest", "id")), "id")
        .expr_as(Expr::cust(authors.to_string()), "authors")
        .expr_as(Expr::cust(terms.to_string()), "terms")
        .from("here");
    if let Some((table, key)) = mine {
        select
            .join_as(JoinType::CrossJoin, table, "mine", Condition::all())
            .and_where(Expr::col(("mine", key)).equals(("here", key)));
    }
    match db.engine() {
        Engine::Postgres => {
            select.join_lateral(JoinType::InnerJoin, nearest, "nearest", Expr::cust("TRUE"));
        }
        Engine::Sqlite => {
            // Without LATERAL: the keys that a subquery finds for each row.
            // CROSS fixes that order.
            select
                .join_as(JoinType::CrossJoin, "articles", "nearest", Condition::all())
                .and_where(Expr::col(("nearest", "id")).in_subquery(nearest));
        }
    }
    select
}
