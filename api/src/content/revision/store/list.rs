//! What words were, and what they are: many words' in one statement.

use std::collections::HashMap;

use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, JoinType, Order as Sort, Query, SelectStatement, UnionType,
    WindowStatement,
};
use sea_orm::{DbErr, FromQueryResult};

use super::{Columns, Row, held, stored_kind};
use crate::content::language::Translated;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Cursor, Direction, KeyType, Order, Slice, SortKey};
use crate::graphql::page::{Page, Way};

/// One page of the revisions of each of these words, the newest first.
pub async fn pages(
    db: &Database,
    what: Translated,
    ids: &[i64],
    page: &Page,
) -> Result<HashMap<i64, Slice<Row>>, Error> {
    let order = newest_first(what);
    let mut numbered = Query::select();
    numbered
        .exprs(NAMES.map(|name| Expr::col(("w", name))))
        .from_subquery(all(db, what, ids), "w");
    order.keep(&mut numbered, page)?;
    let way = match page.way {
        Way::Forward => Sort::Desc,
        Way::Backward => Sort::Asc,
    };
    let window = WindowStatement::partition_by(("w", "translation"))
        .order_by(("w", "version"), way)
        .to_owned();
    numbered.expr_window_as(Expr::cust("ROW_NUMBER()"), window, Alias::new("place"));

    // One more than the page holds, which tells whether there are more.
    let mut select = Query::select();
    select
        .exprs(NAMES.map(|name| Expr::col(("w", name))))
        .from_subquery(numbered, "w")
        .and_where(Expr::col(("w", "place")).lte(i64::from(page.size) + 1));
    order.select_keys(&mut select);
    order.sort(&mut select, page);

    let mut found: HashMap<i64, Vec<(Cursor, Row)>> = HashMap::new();
    for row in db.rows(&select).await? {
        let revision = Row::from_query_result(&row, "")?;
        found
            .entry(revision.translation)
            .or_default()
            .push((order.cursor(&row)?, revision));
    }
    let slices = ids.iter().map(|id| {
        let rows = found.remove(id).unwrap_or_default();
        (*id, Order::slice(page, rows))
    });
    Ok(slices.collect())
}

/// Check that the page's cursor is of such a list.
///
/// # Errors
/// If it is not.
pub fn check(what: Translated, page: &Page) -> Result<(), Error> {
    newest_first(what).check(page)
}

/// How many revisions each of these words has.
pub async fn counts(
    db: &Database,
    what: Translated,
    ids: &[i64],
) -> Result<HashMap<i64, u64>, Error> {
    let select = Query::select()
        .expr_as(Expr::col(("w", "translation")), "translation")
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .from_subquery(all(db, what, ids), "w")
        .add_group_by([Expr::col(("w", "translation"))])
        .to_owned();
    let mut counts = HashMap::new();
    for row in db.rows(&select).await? {
        let count: i64 = row.try_get("", "count")?;
        counts.insert(row.try_get("", "translation")?, count.unsigned_abs());
    }
    Ok(counts)
}

/// The revisions of these words at these versions: each that is kept of either,
/// or in force.
pub async fn at_versions(
    db: &Database,
    what: Translated,
    ids: &[i64],
    versions: &[i64],
) -> Result<Vec<Row>, Error> {
    let select = Query::select()
        .exprs(NAMES.map(|name| Expr::col(("w", name))))
        .from_subquery(all(db, what, ids), "w")
        .and_where(db.is_any(("w", "version"), versions))
        .to_owned();
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| Row::from_query_result(row, ""));
    Ok(rows.collect::<Result<_, DbErr>>()?)
}

/// The columns of a [`Row`].
const NAMES: [&str; 7] = [
    "translation",
    "version",
    "written_at",
    "written_by",
    "state",
    "slug",
    "text_id",
];

fn newest_first(what: Translated) -> Order {
    let version = SortKey::new(("w", "version"), KeyType::Integer, Direction::Desc);
    Order::new(
        &format!("revisions {what:?}"),
        vec![version],
        ("w", "translation"),
    )
}

/// Everything that these words were, and what they are.
fn all(db: &Database, what: Translated, ids: &[i64]) -> SelectStatement {
    kept(db, what, ids)
        .union(UnionType::All, in_force(db, what, ids))
        .to_owned()
}

fn kept(db: &Database, what: Translated, ids: &[i64]) -> SelectStatement {
    let own = |name: &'static str| Expr::col(("r", name));
    let holder = Condition::all()
        .add(Expr::col(("h", "kind")).equals(("r", "kind")))
        .add(Expr::col(("h", "translation_id")).equals(("r", "translation_id")))
        .add(Expr::col(("h", "version")).equals(("r", "text_version")));
    let mut select = Query::select();
    select.expr_as(own("translation_id"), "translation");
    for name in ["version", "written_at", "written_by", "state", "slug"] {
        select.expr_as(own(name), name);
    }
    select
        .expr_as(Expr::col(("h", "id")), "text_id")
        .from_as("revisions", "r")
        .join_as(JoinType::InnerJoin, "revisions", "h", holder)
        .and_where(own("kind").eq(stored_kind(what)))
        .and_where(db.is_any(("r", "translation_id"), ids))
        .to_owned()
}

fn in_force(db: &Database, what: Translated, ids: &[i64]) -> SelectStatement {
    let (table, words) = what.words();
    let columns = Columns::of(what);
    let own = |name: &'static str| Expr::col((words, name));
    // PostgreSQL takes a bare null of a union for text.
    let none = || Expr::cust("CAST(NULL AS text)");
    Query::select()
        .expr_as(own("id"), "translation")
        .expr_as(own("version"), "version")
        .expr_as(own("updated_at"), "written_at")
        .expr_as(own("updated_by"), "written_by")
        .expr_as(columns.state.map_or_else(none, own), "state")
        .expr_as(columns.slug.map_or_else(none, own), "slug")
        .expr_as(Expr::col(("h", "id")), "text_id")
        .from_as(table, words)
        .join_as(JoinType::LeftJoin, "revisions", "h", held(what))
        .and_where(db.is_any((words, "id"), ids))
        .to_owned()
}
