//! The words of topics, authors and issues: three tables of one shape.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoIden, OnConflict, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::ROWS;
use crate::content::collation::sort_key;
use crate::content::folding::fold;
use crate::content::language::Translated;

/// A table of words, and what its columns are called.
#[derive(Debug)]
pub(crate) struct Table {
    /// Whose words they are.
    pub(crate) what: Translated,
    name: &'static str,
    owner: &'static str,
    heading: &'static str,
    folded: &'static str,
    sorted: &'static str,
    /// An issue has a title and nothing else.
    text: Option<&'static str>,
}

pub(crate) const TOPICS: Table = Table {
    what: Translated::Topic,
    name: "topic_translations",
    owner: "topic_id",
    heading: "name",
    folded: "folded_name",
    sorted: "sort_name",
    text: Some("description"),
};

pub(crate) const AUTHORS: Table = Table {
    what: Translated::Author,
    name: "author_translations",
    owner: "author_id",
    heading: "name",
    folded: "folded_name",
    sorted: "sort_name",
    text: Some("bio"),
};

pub(crate) const ISSUES: Table = Table {
    what: Translated::Issue,
    name: "issue_translations",
    owner: "issue_id",
    heading: "title",
    folded: "folded_title",
    sorted: "sort_title",
    text: None,
};

/// What a translation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// A name or a title. Only an issue's may be absent.
    pub(crate) heading: Option<String>,
    /// A description or a bio; an issue has none.
    pub(crate) text: Option<String>,
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row {
    /// `None`: it is new.
    pub(crate) id: Option<i64>,
    pub(crate) owner: i64,
    pub(crate) locale: String,
    pub(crate) words: Words,
    pub(crate) version: i32,
}

/// The words of the things with these ids.
pub(crate) async fn of(
    tx: &DatabaseTransaction,
    table: &Table,
    owners: &[i64],
) -> Result<Vec<Row>, DbErr> {
    let mut select = Query::select();
    select
        .columns(["id", table.owner, "locale", table.heading, "version"].map(Alias::new))
        .from(Alias::new(table.name))
        .and_where(Expr::col(Alias::new(table.owner)).is_in(owners.iter().copied()));
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

/// Write rows: new ones, and those that are there already.
pub(crate) async fn write(
    tx: &DatabaseTransaction,
    table: &Table,
    rows: Vec<Row>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (stored, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id.is_some());
    for rows in [stored, new] {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            write_some(tx, table, rows.by_ref().take(ROWS), now).await?;
        }
    }
    Ok(())
}

async fn write_some(
    tx: &DatabaseTransaction,
    table: &Table,
    rows: impl Iterator<Item = Row>,
    now: DateTime<Utc>,
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
    ];
    columns.extend(table.text);
    let mut is_stored = false;
    let mut values = Vec::new();
    for row in rows {
        is_stored = row.id.is_some();
        values.push(values_of(table, row, now));
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
fn values_of(table: &Table, row: Row, now: DateTime<Utc>) -> Vec<SimpleExpr> {
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
    ]);
    if table.text.is_some() {
        values.push(row.words.text.into());
    }
    values
}

/// Remove rows.
pub(crate) async fn remove(
    tx: &DatabaseTransaction,
    table: &Table,
    ids: &[i64],
) -> Result<(), DbErr> {
    for ids in ids.chunks(ROWS) {
        let mut delete = Query::delete();
        delete
            .from_table(Alias::new(table.name))
            .and_where(Expr::col(Alias::new("id")).is_in(ids.iter().copied()));
        tx.execute(&delete).await?;
    }
    Ok(())
}
