//! What every request with a key needs of the database.

use chrono::{DateTime, NaiveDate, Utc};
use masthead_entities::api_key::{self, Role};
use masthead_entities::api_key_usage;
use masthead_entities::partner_contract::Content;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoCondition, JoinType, OnConflict, Query};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Set,
};

use super::usage::{Counts, Used};
use crate::database::Database;

/// A key, one of its secrets, its contract and its use today.
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
    /// Of the contract; `None`: there is none.
    pub(super) version: Option<i32>,
    pub(super) binds_locales: Option<i32>,
    pub(super) binds_topics: Option<i32>,
    pub(super) content: Option<Content>,
    pub(super) daily_quota: Option<i64>,
    pub(super) origins: Option<String>,
    /// Units of cost, as far as they are written; `None`: it was not used.
    pub(super) cost: Option<i64>,
    /// Each row has one of the locales that the contract binds to.
    pub(super) locale: Option<String>,
}

/// The key that has a secret with this prefix, and what it was used for on
/// `day`: a row for each locale that its contract binds to, else one.
pub(super) async fn known(
    database: &Database,
    prefix: &str,
    day: NaiveDate,
) -> Result<Vec<Known>, DbErr> {
    let of_key = |alias| Expr::col((alias, "api_key_id")).equals(("k", "id"));
    let key = Expr::col(("k", "id")).equals(("s", "api_key_id"));
    let used = of_key("d").and(Expr::col(("d", "day")).eq(day));
    let bound = of_key("l").and(Expr::col(("c", "binds_locales")).eq(Expr::cust("1")));
    let mut select = Query::select();
    for (alias, columns) in COLUMNS {
        select.columns(columns.iter().map(|column| (alias, *column)));
    }
    select
        .expr_as(Expr::col(("s", "expires_at")), "secret_expires_at")
        .from_as("api_key_secrets", "s")
        .join_as(JoinType::InnerJoin, "api_keys", "k", key)
        .join_as(JoinType::LeftJoin, "partner_contracts", "c", of_key("c"))
        .join_as(JoinType::LeftJoin, "api_key_usage", "d", used)
        .join_as(
            JoinType::LeftJoin,
            "partner_contract_locales",
            "l",
            bound.into_condition(),
        )
        .and_where(Expr::col(("s", "prefix")).eq(prefix));
    let rows = database.rows(&select).await?;
    let rows = rows.iter();
    rows.map(|row| Known::from_query_result(row, "")).collect()
}

/// The columns of [`Known`], by the names of their tables in the statement.
const COLUMNS: [(&str, &[&str]); 5] = [
    (
        "k",
        &["id", "name", "role", "locales", "expires_at", "revoked_at"],
    ),
    ("s", &["hash"]),
    (
        "c",
        &[
            "version",
            "binds_locales",
            "binds_topics",
            "content",
            "daily_quota",
            "origins",
        ],
    ),
    ("d", &["cost"]),
    ("l", &["locale"]),
];

/// Add to what keys were used for on days, and forget what was before
/// `forgotten`. The answer is what each has cost that day, in units.
pub(super) async fn add_usage(
    database: &Database,
    used: &[((i64, NaiveDate), Used)],
    forgotten: Option<NaiveDate>,
) -> Result<Vec<u64>, DbErr> {
    let _turn = database.turn().await?;
    let tx = database.begin().await?;
    let mut totals = Vec::with_capacity(used.len());
    for ((key, day), used) in used {
        if let Some(at) = used.last {
            write_last_use(&tx, *key, at).await?;
        }
        totals.push(add(&tx, *key, *day, used.pending).await?);
    }
    if let Some(day) = forgotten {
        api_key_usage::Entity::delete_many()
            .filter(api_key_usage::Column::Day.lt(day))
            .exec(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(totals)
}

/// Note that a key was used then, unless a later use is known.
async fn write_last_use(tx: &DatabaseTransaction, id: i64, at: DateTime<Utc>) -> Result<(), DbErr> {
    let earlier = Condition::any()
        .add(api_key::Column::LastUsedAt.is_null())
        .add(api_key::Column::LastUsedAt.lt(at));
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::val(at))
        .filter(api_key::Column::Id.eq(id))
        .filter(earlier)
        .exec(tx)
        .await
        .map(|_| ())
}

async fn add(
    tx: &DatabaseTransaction,
    key: i64,
    day: NaiveDate,
    counts: Counts,
) -> Result<u64, DbErr> {
    use api_key_usage::Column;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let row = api_key_usage::ActiveModel {
        api_key_id: Set(key),
        day: Set(day),
        requests: Set(number(counts.requests)),
        cost: Set(number(counts.cost)),
        refused: Set(number(counts.refused)),
    };
    let mut more = OnConflict::columns([Column::ApiKeyId, Column::Day]);
    for (column, name) in [
        (Column::Requests, "requests"),
        (Column::Cost, "cost"),
        (Column::Refused, "refused"),
    ] {
        let sum = Expr::col(("api_key_usage", name)).add(Expr::col(("excluded", name)));
        more.value(column, sum);
    }
    api_key_usage::Entity::insert(row)
        .on_conflict(more)
        .exec_without_returning(tx)
        .await?;
    let cost: Option<i64> = api_key_usage::Entity::find_by_id((key, day))
        .select_only()
        .column(Column::Cost)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(cost.map_or(0, |cost| u64::try_from(cost).unwrap_or_default()))
}

/// A list of texts as rows have it, in JSON.
///
/// # Errors
/// If it is no list of texts.
pub fn list_of(stored: Option<&str>) -> Result<Option<Vec<String>>, DbErr> {
    stored
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| DbErr::Type(format!("a list of texts: {error}")))
}
