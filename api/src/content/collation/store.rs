//! The sort keys that are stored beside titles and names.

use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::sort_key;

/// Make the sort keys of all titles and names anew, and write those that
/// differ from what is stored.
///
/// # Errors
/// If the database does not answer.
pub async fn rebuild(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    for table in TABLES {
        let mut last = i64::MIN;
        loop {
            let rows = read(tx, &table, last).await?;
            let Some(row) = rows.last() else {
                break;
            };
            last = row.id;
            write(tx, &table, stale(rows)).await?;
        }
    }
    Ok(())
}

/// A table of words: what it is called, its titles or names, their keys.
struct Table {
    name: &'static str,
    heading: &'static str,
    key: &'static str,
}

const TABLES: [Table; 4] = [
    table("article_translations", "title", "sort_title"),
    table("issue_translations", "title", "sort_title"),
    table("topic_translations", "name", "sort_name"),
    table("author_translations", "name", "sort_name"),
];

const fn table(name: &'static str, heading: &'static str, key: &'static str) -> Table {
    Table { name, heading, key }
}

/// Rows that are dealt with at a time.
const ROWS: u64 = 500;

struct Row {
    id: i64,
    locale: String,
    heading: Option<String>,
    key: String,
}

async fn read(tx: &DatabaseTransaction, table: &Table, last: i64) -> Result<Vec<Row>, DbErr> {
    let select = Query::select()
        .columns(["id", "locale", table.heading, table.key].map(Alias::new))
        .from(Alias::new(table.name))
        .and_where(Expr::col("id").gt(last))
        .order_by("id", Order::Asc)
        .limit(ROWS)
        .to_owned();
    let rows = tx.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            Ok(Row {
                id: row.try_get("", "id")?,
                locale: row.try_get("", "locale")?,
                heading: row.try_get("", table.heading)?,
                key: row.try_get("", table.key)?,
            })
        })
        .collect()
}

/// The keys that differ from those of `rows`, by id.
fn stale(rows: Vec<Row>) -> Vec<(i64, String)> {
    let keys = rows.into_iter().filter_map(|row| {
        let key = sort_key(&row.locale, row.heading.as_deref().unwrap_or_default());
        (key != row.key).then_some((row.id, key))
    });
    keys.collect()
}

async fn write(
    tx: &DatabaseTransaction,
    table: &Table,
    keys: Vec<(i64, String)>,
) -> Result<(), DbErr> {
    if keys.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = keys.iter().map(|(id, _)| *id).collect();
    let mut key = CaseStatement::new();
    for (id, value) in keys {
        key = key.case(Expr::col("id").eq(id), value);
    }
    // Not reached; without it a CASE may be null.
    let key = key.finally(Expr::col(Alias::new(table.key)));
    let update = Query::update()
        .table(Alias::new(table.name))
        .value(Alias::new(table.key), key)
        .and_where(Expr::col("id").is_in(ids))
        .to_owned();
    tx.execute(&update).await.map(|_| ())
}
