//! How many of a list's articles share a topic, an author, a trend, a year or
//! a locale.

use std::collections::HashMap;

use masthead_entities::article::Trend;
use sea_orm::sea_query::{
    CommonTableExpression, Condition, Expr, ExprTrait, JoinType, Order as Sort, Query,
    SelectStatement, UnionType, WindowStatement, WithClause,
};
use sea_orm::{ActiveEnum as _, DbErr, Iterable as _, QueryResult};

use super::below::{below, of_parents, parent_column};
use super::{Parent, served};
use crate::content::language::{Locales, Sight, Translated};
use crate::database::Database;
use crate::error::Error;

/// What the articles of a list are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The topic; a value is its key.
    Topic,
    /// Each author; a value is their key.
    Author,
    /// The assessment; a value is its place in [`Trend`], or past all of them
    /// where there is none.
    Trend,
    /// The year that the issue begins in.
    Year,
    /// The locale that is served; a value is its place among the reader's.
    Locale,
}

/// A facet to count.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub facet: Facet,
    /// Which of the conditions the articles are to meet.
    pub condition: usize,
    /// At most so many values.
    pub first: u32,
}

/// A value, and how many articles have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub value: i64,
    pub count: i64,
}

/// The values of facets, those that most articles have first, all in one
/// statement: of all articles, or of those below each of some parents, by the
/// parent's key (0 without parents).
pub async fn facets_of(
    db: &Database,
    parents: Option<(Parent, &[i64])>,
    locales: &Locales,
    conditions: &[Condition],
    asked: &[Asked],
) -> Result<HashMap<(Facet, i64), Vec<Counted>>, Error> {
    let mut kept = WithClause::new();
    for (place, condition) in conditions.iter().enumerate() {
        let mut table = CommonTableExpression::new();
        table
            .table_name(name(place))
            .query(articles(db, parents, locales, condition));
        kept.cte(table);
    }
    let mut parts = asked
        .iter()
        .enumerate()
        .map(|(place, asked)| part(db, place, asked, locales));
    let Some(mut all) = parts.next() else {
        return Ok(HashMap::new());
    };
    all.unions(parts.map(|part| (UnionType::All, part)));
    let select = Query::select()
        .columns(["part", "parent", "value", "count"])
        .from_subquery(all, "parts")
        .order_by("part", Sort::Asc)
        .order_by("parent", Sort::Asc)
        .order_by("place", Sort::Asc)
        .with_cte(kept)
        .to_owned();

    let mut found: HashMap<(Facet, i64), Vec<Counted>> = HashMap::new();
    for row in db.rows(&select).await? {
        let (place, parent, counted) = read(&row)?;
        if let Some(asked) = asked.get(place) {
            let counts = found.entry((asked.facet, parent)).or_default();
            counts.push(counted);
        }
    }
    Ok(found)
}

/// The articles that a condition keeps, with what facets go by.
fn articles(
    db: &Database,
    parents: Option<(Parent, &[i64])>,
    locales: &Locales,
    condition: &Condition,
) -> SelectStatement {
    let mut select = served(locales);
    match parents {
        Some((parent, ids)) => {
            below(&mut select, parent, locales);
            select
                .expr_as(parent_column(parent), "parent")
                .and_where(of_parents(db, parent, ids));
        }
        None => {
            select.expr_as(Expr::cust("0"), "parent");
        }
    }
    select
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::col(("at", "topic_id")), "topic_id")
        .expr_as(Expr::col(("a", "issue_id")), "issue_id")
        .expr_as(Expr::cust(trend_place()), "trend")
        .expr_as(locales.rank("at"), "locale")
        .cond_where(condition.clone())
        .to_owned()
}

/// One facet: its first values below each parent, in order.
fn part(db: &Database, place: usize, asked: &Asked, locales: &Locales) -> SelectStatement {
    let mut ranked = Query::select();
    let mut order = WindowStatement::partition_by(("counted", "parent"));
    order.order_by(("counted", "count"), Sort::Desc);
    match asked.facet {
        Facet::Topic => {
            join_words(&mut ranked, Translated::Topic, locales);
            order.order_by(("t", "position"), Sort::Asc);
        }
        Facet::Author => {
            join_words(&mut ranked, Translated::Author, locales);
            order.order_by(("ut", "sort_name"), Sort::Asc);
        }
        Facet::Trend | Facet::Year | Facet::Locale => {}
    }
    let newest_first = asked.facet == Facet::Year;
    order.order_by(
        ("counted", "value"),
        if newest_first { Sort::Desc } else { Sort::Asc },
    );
    ranked
        .columns([
            ("counted", "parent"),
            ("counted", "value"),
            ("counted", "count"),
        ])
        .expr_window_as(Expr::cust("ROW_NUMBER()"), order, "place")
        .from_subquery(counted(db, asked, locales.sight()), "counted");

    // Numbers of one width, whatever each part has.
    let number = |column: &'static str| Expr::col(column).cast_as("bigint");
    Query::select()
        .expr_as(Expr::cust(place.to_string()).cast_as("bigint"), "part")
        .expr_as(number("parent"), "parent")
        .expr_as(number("value"), "value")
        .expr_as(number("count"), "count")
        .expr_as(number("place"), "place")
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").lte(i64::from(asked.first)))
        .to_owned()
}

/// How many articles have each value of a facet, below each parent.
fn counted(db: &Database, asked: &Asked, sight: Sight) -> SelectStatement {
    let mut select = Query::select();
    select.from_as(name(asked.condition), "kept");
    let value = match asked.facet {
        Facet::Topic => Expr::col(("kept", "topic_id")),
        Facet::Author => {
            select.join_as(
                JoinType::InnerJoin,
                "bylines",
                "b",
                Expr::col(("b", "article_id")).equals(("kept", "article_id")),
            );
            Expr::col(("b", "author_id"))
        }
        Facet::Trend => Expr::col(("kept", "trend")),
        Facet::Year => {
            let (issues, _) = sight.things(Translated::Issue);
            select.join_as(
                JoinType::InnerJoin,
                issues,
                "i",
                Expr::col(("i", "id")).equals(("kept", "issue_id")),
            );
            db.year(("i", "starts_on"))
        }
        Facet::Locale => Expr::col(("kept", "locale")),
    };
    select
        .expr_as(Expr::col(("kept", "parent")), "parent")
        .expr_as(value.clone(), "value")
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .add_group_by([Expr::col(("kept", "parent")), value])
        .to_owned()
}

/// Keep the counted things that exist for the reader, and join their words.
fn join_words(select: &mut SelectStatement, what: Translated, locales: &Locales) {
    let (things, thing) = locales.sight().things(what);
    let (table, words) = locales.sight().words(what);
    let own = Expr::col((thing, "id")).equals(("counted", "value"));
    let said = Expr::col((words, what.key())).equals((thing, "id"));
    select
        .join_as(JoinType::InnerJoin, things, thing, own)
        .join_as(JoinType::InnerJoin, table, words, said)
        .cond_where(locales.served(what));
}

/// The articles that the condition at this place keeps.
fn name(condition: usize) -> String {
    format!("kept_{condition}")
}

/// The place of an article's trend among all, which no parameter tells: it is
/// grouped by.
fn trend_place() -> String {
    let trends = Trend::iter().enumerate();
    let cases: String = trends
        .map(|(place, trend)| format!(" WHEN '{}' THEN {place}", trend.to_value()))
        .collect();
    format!("CASE a.trend{cases} ELSE {} END", Trend::iter().count())
}

fn read(row: &QueryResult) -> Result<(usize, i64, Counted), DbErr> {
    let part: i64 = row.try_get("", "part")?;
    let counted = Counted {
        value: row.try_get("", "value")?,
        count: row.try_get("", "count")?,
    };
    let place = usize::try_from(part).unwrap_or(usize::MAX);
    Ok((place, row.try_get("", "parent")?, counted))
}
