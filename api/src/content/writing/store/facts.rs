//! Facts of things: whether they are there, and their versions.

use masthead_entities::publication_locale;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryOrder, Value};

use crate::content::language::Translated;
use crate::content::slug::{Space, taken};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

/// What writers ask of any thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub id: i64,
    pub version: i32,
    /// What people know it by: a slug, an issue's number, an article's key.
    pub name: String,
}

/// The facts of a thing; `None` where there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn facts(
    tx: &DatabaseTransaction,
    what: Translated,
    id: i64,
) -> Result<Option<Facts>, DbErr> {
    let (things, _) = what.things();
    let name = match what {
        Translated::Article => Expr::col("key"),
        Translated::Issue => Expr::cust("CAST(number AS text)"),
        Translated::Topic | Translated::Author => Expr::col("slug"),
    };
    let select = Query::select()
        .column("version")
        .expr_as(name, "name")
        .from(things)
        .and_where(Expr::col("id").eq(id))
        .to_owned();
    let row = tx.query_one(&select).await?;
    let facts = row.map(|row| {
        Ok(Facts {
            id,
            version: row.try_get("", "version")?,
            name: row.try_get("", "name")?,
        })
    });
    facts.transpose()
}

/// The facts of a thing that a writer has read.
///
/// # Errors
/// If there is none, or it was written since; `field` names its id.
pub async fn check_facts(
    tx: &DatabaseTransaction,
    what: Translated,
    (field, id): (&str, i64),
    expected: Option<i32>,
) -> Result<Facts, Refused> {
    let Some(facts) = facts(tx, what, id).await? else {
        let message = format!("there is no such {}", what.noun());
        return Err(UserError::new(UserErrorCode::NotFound, field, message).into());
    };
    if let Some(expected) = expected {
        check_version(expected, facts.version)?;
    }
    Ok(facts)
}

/// That no other thing of the kind has a slug, or had it.
///
/// # Errors
/// If one does.
pub async fn check_slug(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    own: Option<i64>,
    slug: &str,
) -> Result<(), Refused> {
    let owners = taken(tx, space, &[slug.to_owned()]).await?;
    if owners.iter().all(|(_, owner)| Some(*owner) == own) {
        return Ok(());
    }
    let noun = space.what.noun();
    let message = format!("\"{slug}\" is the slug of another {noun}, or was");
    Err(UserError::new(UserErrorCode::Taken, "slug", message).into())
}

/// Make a thing with these facts. The answer is its id.
///
/// # Errors
/// If the database does not take it.
pub async fn insert_thing(
    tx: &DatabaseTransaction,
    what: Translated,
    facts: Vec<(&'static str, Value)>,
) -> Result<i64, DbErr> {
    let (things, _) = what.things();
    let (columns, values): (Vec<&str>, Vec<Value>) = facts.into_iter().unzip();
    let insert = Query::insert()
        .into_table(things)
        .columns(columns)
        .values(values.into_iter().map(Expr::val))
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .returning_col("id")
        .to_owned();
    let row = tx.query_one(&insert).await?;
    row.map_or(Ok(0), |row| row.try_get("", "id"))
}

/// Write facts of a thing, and count the write.
///
/// # Errors
/// If the database does not take them.
pub async fn update_thing(
    tx: &DatabaseTransaction,
    what: Translated,
    id: i64,
    facts: Vec<(&'static str, Value)>,
) -> Result<(), DbErr> {
    let (things, _) = what.things();
    let mut update = Query::update();
    update
        .table(things)
        .value("version", Expr::col("version").add(1))
        .and_where(Expr::col("id").eq(id));
    for (column, value) in facts {
        update.value(column, Expr::val(value));
    }
    tx.execute(&update).await.map(|_| ())
}

/// Remove a thing with its words.
///
/// # Errors
/// If the database does not answer, or something refers to it.
pub async fn remove_thing(
    tx: &DatabaseTransaction,
    what: Translated,
    id: i64,
) -> Result<(), DbErr> {
    let (things, _) = what.things();
    let delete = Query::delete()
        .from_table(things)
        .and_where(Expr::col("id").eq(id))
        .to_owned();
    tx.execute(&delete).await.map(|_| ())
}

/// The tags of the publication's locales, in its order.
///
/// # Errors
/// If the database does not answer.
pub async fn locales(tx: &DatabaseTransaction) -> Result<Vec<String>, DbErr> {
    let locales = publication_locale::Entity::find()
        .order_by_asc(publication_locale::Column::Position)
        .all(tx)
        .await?;
    Ok(locales.into_iter().map(|locale| locale.tag).collect())
}
