//! Keeping what is about to be written over, and reading it back for a writer.

use masthead_entities::revision::{Column, Entity};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, JoinType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{Columns, held, stored_kind};
use crate::content::language::Translated;

/// A text as words had it at a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// A title or a name; `None`: an issue without one.
    pub title: Option<String>,
    /// An article's lead, a topic's description, an author's bio.
    pub lead: Option<String>,
    /// An article's text, in CommonMark.
    pub body: Option<String>,
    /// The version of the original that an article's text was made from.
    pub source_version: Option<i32>,
}

/// Rows in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Keep these words of `what` as they are: they are about to be written over,
/// with a higher version. A text that is kept already, with an earlier version,
/// is not kept again.
///
/// # Errors
/// If the database does not take them.
pub async fn keep(tx: &DatabaseTransaction, what: Translated, ids: &[i64]) -> Result<(), DbErr> {
    let (table, words) = what.words();
    let columns = Columns::of(what);
    let own = |name: &'static str| Expr::col((words, name));
    let is_kept = Expr::col(("h", "id")).is_not_null();
    for ids in ids.chunks(ROWS) {
        let mut select = Query::select();
        select
            .expr(Expr::cust(format!("'{}'", stored_kind(what))))
            .exprs(["id", "version"].map(own))
            .expr(Expr::col(("h", "version")).if_null(own("version")))
            .exprs(["updated_at", "updated_by"].map(own));
        for column in [columns.state, columns.slug, columns.source_version] {
            select.expr(column.map_or_else(null, own));
        }
        for column in [Some(columns.title), columns.lead, columns.body] {
            let Some(column) = column else {
                select.expr(null());
                continue;
            };
            let unless_kept = CaseStatement::new()
                .case(is_kept.clone(), null())
                .finally(own(column));
            select.expr(unless_kept);
        }
        select
            .from_as(table, words)
            .join_as(JoinType::LeftJoin, "revisions", "h", held(what))
            .and_where(own("id").is_in(ids.iter().copied()));
        let mut insert = Query::insert();
        insert
            .into_table(Alias::new("revisions"))
            .columns(COLUMNS.map(Alias::new))
            .select_from(select)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        tx.execute(&insert).await?;
    }
    Ok(())
}

/// The text that these words had at an earlier version than the present one;
/// `None` where no such version is kept.
///
/// # Errors
/// If the database does not answer.
pub async fn kept_text(
    tx: &DatabaseTransaction,
    what: Translated,
    (id, version): (i64, i32),
) -> Result<Option<KeptText>, DbErr> {
    let at = |version: i32| {
        Entity::find()
            .filter(Column::Kind.eq(stored_kind(what)))
            .filter(Column::TranslationId.eq(id))
            .filter(Column::Version.eq(version))
            .one(tx)
    };
    let Some(revision) = at(version).await? else {
        return Ok(None);
    };
    let source_version = revision.source_version;
    let holder = if revision.text_version == version {
        Some(revision)
    } else {
        at(revision.text_version).await?
    };
    Ok(holder.map(|holder| KeptText {
        title: holder.title,
        lead: holder.lead,
        body: holder.body,
        source_version,
    }))
}

/// What is written, in the order of the select.
const COLUMNS: [&str; 12] = [
    "kind",
    "translation_id",
    "version",
    "text_version",
    "written_at",
    "written_by",
    "state",
    "slug",
    "source_version",
    "title",
    "lead",
    "body",
];

fn null() -> Expr {
    Expr::cust("NULL")
}
