//! All SQL of previews.

use masthead_entities::preview_secret;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait};

use super::Previewed;
use crate::database::Database;

/// The secret, once there is one.
pub(super) async fn secret(tx: &DatabaseTransaction) -> Result<Option<String>, DbErr> {
    let row = preview_secret::Entity::find_by_id(preview_secret::ONLY_ID);
    Ok(row.one(tx).await?.map(|row| row.secret))
}

/// Keep the secret.
pub(super) async fn keep_secret(tx: &DatabaseTransaction, secret: String) -> Result<(), DbErr> {
    let row = preview_secret::ActiveModel {
        id: Set(preview_secret::ONLY_ID),
        secret: Set(secret),
    };
    let insert = preview_secret::Entity::insert(row);
    insert.exec_without_returning(tx).await.map(|_| ())
}

/// The secret, and what else a thing is known by: what tells it from another
/// that was given its key later. `None` if there is not both.
pub(super) async fn secret_and_name(
    database: &Database,
    what: Previewed,
) -> Result<Option<(String, String)>, DbErr> {
    let name = Expr::SubQuery(None, Box::new(naming(what).into()));
    let select = Query::select()
        .column("secret")
        .expr_as(name, "name")
        .from("preview_secret")
        .to_owned();
    let rows = database.rows(&select).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let name: Option<String> = row.try_get("", "name")?;
    Ok(Some(row.try_get("", "secret")?).zip(name))
}

fn naming(what: Previewed) -> SelectStatement {
    let (table, name, id) = match what {
        Previewed::Issue(id) => ("issues", Expr::col("number").cast_as("text"), id),
        Previewed::Article(id) => ("articles", Expr::col("key"), id),
    };
    Query::select()
        .expr_as(name, "name")
        .from(table)
        .and_where(Expr::col("id").eq(id))
        .to_owned()
}
