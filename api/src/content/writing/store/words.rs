//! The words of topics, authors and issues: three tables of one shape.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoIden, OnConflict, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::content::collation::sort_key;
use crate::content::folding::fold;
use crate::content::language::Translated;
use crate::content::revision::keep;

/// A table of words, and what its columns are called.
#[derive(Debug)]
pub struct Table {
    /// What has these words.
    pub what: Translated,
    name: &'static str,
    owner: &'static str,
    heading: &'static str,
    folded: &'static str,
    sorted: &'static str,
    /// An issue has a title and nothing else.
    text: Option<&'static str>,
}

pub const TOPICS: Table = Table {
    what: Translated::Topic,
    name: "topic_translations",
    owner: "topic_id",
    heading: "name",
    folded: "folded_name",
    sorted: "sort_name",
    text: Some("description"),
};

pub const AUTHORS: Table = Table {
    what: Translated::Author,
    name: "author_translations",
    owner: "author_id",
    heading: "name",
    folded: "folded_name",
    sorted: "sort_name",
    text: Some("bio"),
};

pub const ISSUES: Table = Table {
    what: Translated::Issue,
    name: "issue_translations",
    owner: "issue_id",
    heading: "title",
    folded: "folded_title",
    sorted: "sort_title",
    text: None,
};

/// Rows in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// What a translation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// A name or a title. Only an issue's may be absent.
    pub heading: Option<String>,
    /// A description or a bio; an issue has none.
    pub text: Option<String>,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// `None`: it is new.
    pub id: Option<i64>,
    pub owner: i64,
    pub locale: String,
    pub words: Words,
    pub version: i32,
}

/// The words of the things with these ids.
///
/// # Errors
/// If the database does not answer.
pub async fn of(
    tx: &DatabaseTransaction,
    table: &Table,
    owners: &[i64],
) -> Result<Vec<Row>, DbErr> {
    let these = Expr::col(Alias::new(table.owner)).is_in(owners.iter().copied());
    read(tx, table, these).await
}

/// The words of a thing in a locale; `None` where it has none.
///
/// # Errors
/// If the database does not answer.
pub async fn in_locale(
    tx: &DatabaseTransaction,
    table: &Table,
    owner: i64,
    locale: &str,
) -> Result<Option<Row>, DbErr> {
    let condition = Expr::col(Alias::new(table.owner))
        .eq(owner)
        .and(Expr::col(Alias::new("locale")).eq(locale));
    Ok(read(tx, table, condition).await?.into_iter().next())
}

async fn read(
    tx: &DatabaseTransaction,
    table: &Table,
    condition: SimpleExpr,
) -> Result<Vec<Row>, DbErr> {
    let mut select = Query::select();
    select
        .columns(["id", table.owner, "locale", table.heading, "version"].map(Alias::new))
        .from(Alias::new(table.name))
        .and_where(condition);
    if let Some(text) = table.text {
        select.column(Alias::new(text));
    }
    let rows = tx.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            Ok(Row {
                id: Some(row.try_get("", "id")?),
                owner: row.try_get("", table.owner)?,
                locale: row.try_get("", "locale")?,
                words: Words {
                    heading: row.try_get("", table.heading)?,
                    text: match table.text {
                        Some(text) => row.try_get("", text)?,
                        None => None,
                    },
                },
                version: row.try_get("", "version")?,
            })
        })
        .collect()
}

/// Write rows: new ones, and those that are there already, which are kept as
/// they were.
///
/// # Errors
/// If the database does not take them.
pub async fn write(
    tx: &DatabaseTransaction,
    table: &Table,
    rows: Vec<Row>,
    (actor, now): (&str, DateTime<Utc>),
) -> Result<(), DbErr> {
    let (stored, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id.is_some());
    let ids: Vec<i64> = stored.iter().filter_map(|row| row.id).collect();
    keep(tx, table.what, &ids).await?;
    for rows in [stored, new] {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            write_some(tx, table, rows.by_ref().take(ROWS), (actor, now)).await?;
        }
    }
    Ok(())
}

async fn write_some(
    tx: &DatabaseTransaction,
    table: &Table,
    rows: impl Iterator<Item = Row>,
    (actor, now): (&str, DateTime<Utc>),
) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(Alias::new(table.name));
    let mut columns = vec![
        table.owner,
        "locale",
        table.heading,
        table.folded,
        table.sorted,
        "version",
        "updated_at",
        "updated_by",
    ];
    columns.extend(table.text);
    let mut is_stored = false;
    let mut values = Vec::new();
    for row in rows {
        is_stored = row.id.is_some();
        values.push(values_of(table, row, (actor, now)));
    }
    if is_stored {
        let conflict = OnConflict::column(Alias::new("id"))
            .update_columns(columns.iter().copied().map(Alias::new))
            .to_owned();
        insert.on_conflict(conflict);
        columns.insert(0, "id");
    }
    insert.columns(
        columns
            .into_iter()
            .map(|column| Alias::new(column).into_iden()),
    );
    for values in values {
        insert
            .values(values)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    tx.execute(&insert).await.map(|_| ())
}

/// The values of a row in the order of the columns, its id first if it has one.
fn values_of(table: &Table, row: Row, (actor, now): (&str, DateTime<Utc>)) -> Vec<SimpleExpr> {
    let heading = row.words.heading.as_deref().unwrap_or_default();
    let (folded, sorted) = (fold(heading), sort_key(&row.locale, heading));
    let mut values: Vec<SimpleExpr> = row.id.map(Into::into).into_iter().collect();
    values.extend([
        row.owner.into(),
        row.locale.into(),
        row.words.heading.into(),
        folded.into(),
        sorted.into(),
        row.version.into(),
        now.into(),
        actor.into(),
    ]);
    if table.text.is_some() {
        values.push(row.words.text.into());
    }
    values
}

/// Remove rows.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(tx: &DatabaseTransaction, table: &Table, ids: &[i64]) -> Result<(), DbErr> {
    for ids in ids.chunks(ROWS) {
        let mut delete = Query::delete();
        delete
            .from_table(Alias::new(table.name))
            .and_where(Expr::col(Alias::new("id")).is_in(ids.iter().copied()));
        tx.execute(&delete).await?;
    }
    Ok(())
}
