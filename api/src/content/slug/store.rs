//! All SQL of slugs: which are taken, and which were left.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::content::language::Translated;

/// Things that tell each other apart by their slugs.
#[derive(Clone, Copy, Debug)]
pub struct Space<'a> {
    pub what: Translated,
    /// An article has a slug in each locale; all others have one.
    pub locale: Option<&'a str>,
}

/// Slugs in one statement, at most: SQLite takes 32,766 values.
const ROWS: usize = 500;

impl<'a> Space<'a> {
    /// Articles in `locale`.
    #[must_use]
    pub const fn articles(locale: &'a str) -> Self {
        Self {
            what: Translated::Article,
            locale: Some(locale),
        }
    }

    /// Issues, topics or authors.
    #[must_use]
    pub const fn of(what: Translated) -> Self {
        Self { what, locale: None }
    }

    /// The slugs in use, each with the id of the thing that has it.
    fn present(self) -> SelectStatement {
        let mut select = Query::select();
        select.column("slug");
        match self.locale {
            Some(locale) => {
                let (words, _) = self.what.words();
                select
                    .expr_as(Expr::col(self.what.key()), "owner")
                    .from(words)
                    .and_where(Expr::col("locale").eq(locale));
            }
            None => {
                let (things, _) = self.what.things();
                select.expr_as(Expr::col("id"), "owner").from(things);
            }
        }
        select
    }

    /// The slugs that were left, in the same way.
    fn former(self) -> SelectStatement {
        let mut select = Query::select();
        select
            .column("slug")
            .expr_as(Expr::col(self.what.key()), "owner")
            .from("former_slugs")
            .and_where(Expr::col(self.what.key()).is_not_null());
        if let Some(locale) = self.locale {
            select.and_where(Expr::col("locale").eq(locale));
        }
        select
    }
}

/// Slugs of `slugs` that are taken, each with the id of the thing that has it,
/// or had it before it was renamed.
///
/// # Errors
/// If the database does not answer.
pub async fn taken(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slugs: &[String],
) -> Result<Vec<(String, i64)>, DbErr> {
    let mut taken = Vec::new();
    for slugs in slugs.chunks(ROWS) {
        let these = || Expr::col("slug").is_in(slugs.iter().map(String::as_str));
        taken.extend(find(tx, space, these).await?);
    }
    Ok(taken)
}

/// Slugs of `slugs` that were left, each with the id of the thing that had it.
///
/// # Errors
/// If the database does not answer.
pub async fn former(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slugs: &[String],
) -> Result<Vec<(String, i64)>, DbErr> {
    let mut former = Vec::new();
    for slugs in slugs.chunks(ROWS) {
        let mut select = space.former();
        select.and_where(Expr::col("slug").is_in(slugs.iter().map(String::as_str)));
        read(tx, &select, &mut former).await?;
    }
    Ok(former)
}

/// Let go of slugs that were left: they lead nowhere then.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slugs: &[String],
) -> Result<(), DbErr> {
    for slugs in slugs.chunks(ROWS) {
        let mut delete = Query::delete();
        delete
            .from_table("former_slugs")
            .and_where(Expr::col(space.what.key()).is_not_null())
            .and_where(Expr::col("slug").is_in(slugs.iter().map(String::as_str)));
        if let Some(locale) = space.locale {
            delete.and_where(Expr::col("locale").eq(locale));
        }
        tx.execute(&delete).await?;
    }
    Ok(())
}

/// Slugs that are `slug` with a number after it, in the same way.
pub(super) async fn numbered(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slug: &str,
) -> Result<Vec<(String, i64)>, DbErr> {
    // As a range, which an index answers: "." follows "-" in ASCII.
    let (from, to) = (format!("{slug}-"), format!("{slug}."));
    let between = || Expr::col("slug").between(from.as_str(), to.as_str());
    find(tx, space, between).await
}

/// Note that the thing `owner` went from the slug `left` to `new`: the one goes
/// on leading to it, the other is no former one any more.
///
/// # Errors
/// If the database does not answer, or `left` was another thing's before.
pub async fn leave(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    owner: i64,
    left: &str,
    new: &str,
) -> Result<(), DbErr> {
    take_back(tx, space, owner, new).await?;
    reserve(tx, space, owner, left).await
}

/// Let `slug` lead to the thing `owner` from now on, whatever its present one
/// is: no other can have it.
///
/// # Errors
/// If the database does not answer, or `slug` was another thing's before.
pub async fn reserve(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    owner: i64,
    slug: &str,
) -> Result<(), DbErr> {
    take_back(tx, space, owner, slug).await?;
    let insert = Query::insert()
        .into_table("former_slugs")
        .columns(["slug", "locale", space.what.key()])
        .values([
            slug.into(),
            space.locale.map(str::to_owned).into(),
            owner.into(),
        ])
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .to_owned();
    tx.execute(&insert).await.map(|_| ())
}

async fn take_back(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    owner: i64,
    slug: &str,
) -> Result<(), DbErr> {
    let mut delete = Query::delete();
    delete
        .from_table("former_slugs")
        .and_where(Expr::col(space.what.key()).eq(owner))
        .and_where(Expr::col("slug").eq(slug));
    if let Some(locale) = space.locale {
        delete.and_where(Expr::col("locale").eq(locale));
    }
    tx.execute(&delete).await.map(|_| ())
}

async fn find(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    sought: impl Fn() -> Expr,
) -> Result<Vec<(String, i64)>, DbErr> {
    let mut found = Vec::new();
    for mut select in [space.present(), space.former()] {
        select.and_where(sought());
        read(tx, &select, &mut found).await?;
    }
    Ok(found)
}

async fn read(
    tx: &DatabaseTransaction,
    select: &SelectStatement,
    found: &mut Vec<(String, i64)>,
) -> Result<(), DbErr> {
    for row in tx.query_all(select).await? {
        found.push((row.try_get("", "slug")?, row.try_get("", "owner")?));
    }
    Ok(())
}
