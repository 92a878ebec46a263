//! What every request with a key needs of the database.

use chrono::{DateTime, Utc};
use masthead_entities::api_key::{self, Role};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter};

use crate::database::Database;

/// A key, and one of its secrets.
#[derive(Debug, FromQueryResult)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) locales: Option<String>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    pub(super) revoked_at: Option<DateTime<Utc>>,
    pub(super) hash: String,
    pub(super) secret_expires_at: Option<DateTime<Utc>>,
}

/// The key that has a secret with this prefix.
pub(super) async fn known(database: &Database, prefix: &str) -> Result<Option<Known>, DbErr> {
    let select = Query::select()
        .columns(
            ["id", "name", "role", "locales", "expires_at", "revoked_at"]
                .map(|column| ("k", column)),
        )
        .column(("s", "hash"))
        .expr_as(Expr::col(("s", "expires_at")), "secret_expires_at")
        .from_as("api_key_secrets", "s")
        .join_as(
            JoinType::InnerJoin,
            "api_keys",
            "k",
            Expr::col(("k", "id")).equals(("s", "api_key_id")),
        )
        .and_where(Expr::col(("s", "prefix")).eq(prefix))
        .to_owned();
    let rows = database.rows(&select).await?;
    let row = rows.first();
    row.map(|row| Known::from_query_result(row, "")).transpose()
}

/// Note that a key was used then, unless a later use is known.
pub(super) async fn write_last_use(
    database: &Database,
    id: i64,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let earlier = Condition::any()
        .add(api_key::Column::LastUsedAt.is_null())
        .add(api_key::Column::LastUsedAt.lt(at));
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::val(at))
        .filter(api_key::Column::Id.eq(id))
        .filter(earlier)
        .exec(database.writer())
        .await
        .map(|_| ())
}

/// The locales of a key as its row has them.
///
/// # Errors
/// If they are no list of tags.
pub fn locales_of(stored: Option<&str>) -> Result<Option<Vec<String>>, DbErr> {
    stored
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| DbErr::Type(format!("the locales of a key: {error}")))
}
