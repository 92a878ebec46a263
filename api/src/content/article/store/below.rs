//! Lists of the articles below other things.

use std::collections::HashMap;

use sea_orm::DbErr;
use sea_orm::sea_query::{Asterisk, Condition, Expr, ExprTrait, JoinType, Query, SelectStatement};

use super::list::{Wanted, inner_order, join_for_order, kept, of_page, select_parts, with_cursor};
use super::signed::join_bylines;
use super::{Parent, Parts, Row, served};
use crate::content::language::{Locales, Translated};
use crate::content::store;
use crate::database::{Database, Engine};
use crate::error::Error;
use crate::graphql::keyset::{Cursor, Order, Slice};
use crate::graphql::page::Page;

/// One page below each of `parents`, read in one statement.
pub async fn pages_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    mut wanted: Wanted,
    page: &Page,
    parts: Parts,
) -> Result<HashMap<i64, Slice<Row>>, Error> {
    // Which issue an article is in is none of its words.
    wanted.joins.facts |= parent == Parent::Issue;
    let wanted = &wanted;
    if let [only] = parents {
        let slice = page_below(db, (parent, *only), wanted, page, parts).await?;
        return Ok(HashMap::from([(*only, slice)]));
    }
    let select = match db.engine() {
        Engine::Postgres => laterally(db, parent, parents, wanted, page, parts)?,
        Engine::Sqlite => by_keys(db, parent, parents, wanted, page, parts)?,
    };
    let mut found: HashMap<i64, Vec<(Cursor, Row)>> = HashMap::new();
    for row in db.rows(&select).await? {
        let parent = row.try_get("", "parent")?;
        found
            .entry(parent)
            .or_default()
            .push(with_cursor(&row, &wanted.order, parts)?);
    }
    Ok(parents
        .iter()
        .map(|parent| {
            let rows = found.remove(parent).unwrap_or_default();
            (*parent, Order::slice(page, rows))
        })
        .collect())
}

/// One page below one parent: a list like any other.
async fn page_below(
    db: &Database,
    (parent, id): (Parent, i64),
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<Slice<Row>, Error> {
    let mut select = of_page(wanted, page, parts)?;
    page_below_parent(&mut select, parent, wanted);
    select.and_where(parent_column(parent).eq(id));
    let rows = db.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| with_cursor(row, &wanted.order, parts));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// Cuts a page for each parent, and reads it there.
fn laterally(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<SelectStatement, Error> {
    let mut select = Query::select();
    let key = db.from_each(&mut select, parents, "parent");
    // The keys are what all pages together are sorted by.
    let sorted = Parts {
        cursor: true,
        ..parts
    };
    let mut of_parent = of_page(wanted, page, sorted)?;
    page_below_parent(&mut of_parent, parent, wanted);
    of_parent.and_where(parent_column(parent).eq(key.clone()));
    select
        .column(("found", Asterisk))
        .expr_as(key, "parent")
        .join_lateral(JoinType::InnerJoin, of_parent, "found", Expr::cust("TRUE"));
    wanted.order.sort_selected(&mut select, "found", page);
    Ok(select)
}

/// Without LATERAL: the words are looked up by the keys that a subquery finds
/// for each parent.
fn by_keys(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    wanted: &Wanted,
    page: &Page,
    parts: Parts,
) -> Result<SelectStatement, Error> {
    let mut select = Query::select();
    let key = db.from_each(&mut select, parents, "parent");
    let mut ids = kept(wanted, false);
    ids.expr_as(Expr::col(("at", "id")), "id")
        .and_where(parent_column(parent).eq(key.clone()));
    page_below_parent(&mut ids, parent, wanted);
    inner_order(wanted).cut(&mut ids, page)?;

    let sight = wanted.locales.sight();
    let (words, _) = sight.words(Translated::Article);
    // CROSS fixes that order; it takes no condition of its own.
    select
        .join_as(JoinType::CrossJoin, words, "at", Condition::all())
        .and_where(Expr::col(("at", "id")).in_subquery(ids));
    if wanted.joins.facts || parts.columns.need_facts() {
        store::join_things(&mut select, Translated::Article, sight);
    }
    select_parts(&mut select, &wanted.order, parts);
    select.expr_as(key, "parent");
    join_for_order(&mut select, wanted);
    wanted.order.sort(&mut select, page);
    Ok(select)
}

/// How many articles there are below each of `parents`: those that `condition`
/// keeps, or all.
pub async fn counts_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    locales: &Locales,
    condition: Option<Condition>,
) -> Result<HashMap<i64, u64>, Error> {
    let has_facts = condition.is_some();
    let mut select = store::counted(Translated::Article, locales, condition);
    if parent == Parent::Issue && !has_facts {
        store::join_things(&mut select, Translated::Article, locales.sight());
    }
    below(&mut select, parent, locales);
    select
        .expr_as(parent_column(parent), "parent")
        .and_where(of_parents(db, parent, parents))
        .add_group_by([parent_column(parent)]);
    let mut counts: HashMap<i64, u64> = parents.iter().map(|parent| (*parent, 0)).collect();
    for row in db.rows(&select).await? {
        let count: i64 = row.try_get("", "count")?;
        counts.insert(row.try_get("", "parent")?, count.unsigned_abs());
    }
    Ok(counts)
}

/// What the articles hang on for which `condition` holds, of those that exist
/// for a reader of `locales`.
pub fn parents(parent: Parent, locales: &Locales, condition: Condition) -> SelectStatement {
    let mut select = served(locales);
    below(&mut select, parent, locales);
    select
        .expr(parent_column(parent))
        .cond_where(condition)
        .to_owned()
}

/// Join what tells whose article it is.
pub(super) fn below(select: &mut SelectStatement, parent: Parent, locales: &Locales) {
    if parent == Parent::Author {
        join_bylines(select, locales);
    }
}

/// The same in a page, which has joined the bylines if it is walked by them.
fn page_below_parent(select: &mut SelectStatement, parent: Parent, wanted: &Wanted) {
    if wanted.signed.is_none() {
        below(select, parent, &wanted.locales);
    }
}

/// The column that holds the parent's key.
pub(super) fn parent_column(parent: Parent) -> Expr {
    Expr::col(key(parent))
}

/// Whether an article hangs on one of these parents.
pub(super) fn of_parents(db: &Database, parent: Parent, ids: &[i64]) -> Expr {
    db.is_any(key(parent), ids)
}

const fn key(parent: Parent) -> (&'static str, &'static str) {
    match parent {
        Parent::Issue => ("a", "issue_id"),
        Parent::Topic => ("at", "topic_id"),
        Parent::Author => ("b", "author_id"),
    }
}
