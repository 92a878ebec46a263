//! The texts of revisions, read only where they are asked for.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query, UnionType};

use super::Columns;
use crate::content::language::Translated;
use crate::database::Database;
use crate::error::Error;

/// Where the text of a revision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextId {
    /// In the revision with this id.
    Kept(i64),
    /// In the words with this id, which have it still.
    InForce(i64),
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A title or a name.
    Title,
    /// An article's lead, a topic's description, an author's bio.
    Lead,
    /// An article's text.
    Body,
}

impl Part {
    /// The parts of a text of `what`.
    #[must_use]
    pub const fn of(what: Translated) -> &'static [Self] {
        match what {
            Translated::Article => &[Self::Title, Self::Lead, Self::Body],
            Translated::Topic | Translated::Author => &[Self::Title, Self::Lead],
            Translated::Issue => &[Self::Title],
        }
    }

    const fn kept_as(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
        }
    }

    const fn in_force_as(self, what: Translated) -> Option<&'static str> {
        let columns = Columns::of(what);
        match self {
            Self::Title => Some(columns.title),
            Self::Lead => columns.lead,
            Self::Body => columns.body,
        }
    }
}

/// A part of these texts; without those that have none.
pub async fn texts(
    db: &Database,
    what: Translated,
    part: Part,
    ids: &[TextId],
) -> Result<HashMap<TextId, String>, Error> {
    let Some(column) = part.in_force_as(what) else {
        return Ok(HashMap::new());
    };
    let (table, _) = what.words();
    let (mut kept, mut in_force) = (Vec::new(), Vec::new());
    for id in ids {
        match id {
            TextId::Kept(id) => kept.push(*id),
            TextId::InForce(id) => in_force.push(*id),
        }
    }
    let of = |table: &'static str, column: &'static str, is_kept: &'static str, ids: &[i64]| {
        Query::select()
            .expr_as(Expr::cust(is_kept), "is_kept")
            .expr_as(Expr::col("id"), "id")
            .expr_as(Expr::col(column), "text")
            .from(table)
            .and_where(db.is_any("id", ids))
            .and_where(Expr::col(column).is_not_null())
            .to_owned()
    };
    let select = of("revisions", part.kept_as(), "1", &kept)
        .union(UnionType::All, of(table, column, "0", &in_force))
        .to_owned();
    let mut texts = HashMap::new();
    for row in db.rows(&select).await? {
        let id = row.try_get("", "id")?;
        let id = match row.try_get::<i32>("", "is_kept")? {
            1 => TextId::Kept(id),
            _ => TextId::InForce(id),
        };
        texts.insert(id, row.try_get("", "text")?);
    }
    Ok(texts)
}
