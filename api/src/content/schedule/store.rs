//! All SQL of schedules.

use chrono::{DateTime, Utc};
use masthead_entities::schedule::{Act, ActiveModel, Column, Entity, State};
use masthead_entities::{article_translation, publication};
use sea_orm::sea_query::{
    Condition, Expr, ExprTrait, JoinType, Order as Sort, Query, SelectStatement,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, QuerySelect, Set,
};

use crate::audit::Actor;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Direction, KeyType, Order, Slice, SortKey};
use crate::graphql::page::Page;

/// A schedule, and what it is of.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub act: Act,
    pub issue_id: Option<i64>,
    /// The article whose words it is of, and their locale.
    pub article_id: Option<i64>,
    pub locale: Option<String>,
    pub local_at: String,
    pub due_at: DateTime<Utc>,
    pub made_at: DateTime<Utc>,
    pub made_by: String,
    pub state: State,
    pub ended_at: Option<DateTime<Utc>>,
    pub failure_code: Option<String>,
    pub failure: Option<String>,
}

/// One that is to come, and who acts then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pending {
    pub(super) id: i64,
    pub(super) due_at: DateTime<Utc>,
    pub(super) actor: Actor,
}

/// The order of all lists of schedules: the first due first.
pub(super) fn order() -> Order {
    let due_at = SortKey::new(("s", "due_at"), KeyType::Time, Direction::Asc);
    Order::new("schedules", vec![due_at], ("s", "id"))
}

/// One page of those that `condition` keeps.
pub(super) async fn page(
    database: &Database,
    condition: Condition,
    page: &Page,
) -> Result<Slice<Row>, Error> {
    let order = order();
    let mut select = rows();
    select.cond_where(condition);
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = database.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, Row::from_query_result(row, "")?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many `condition` keeps.
pub(super) async fn count(database: &Database, condition: Condition) -> Result<u64, DbErr> {
    let mut select = joined();
    select
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .cond_where(condition);
    let rows = database.rows(&select).await?;
    let count: Option<i64> = rows
        .first()
        .map(|row| row.try_get("", "count"))
        .transpose()?;
    Ok(count.map_or(0, i64::unsigned_abs))
}

/// The schedule with this id; `None` where there is none.
pub(super) async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Row>, DbErr> {
    let mut select = rows();
    select.and_where(Expr::col(("s", "id")).eq(id));
    let row = connection.query_one(&select).await?;
    row.map(|row| Row::from_query_result(&row, "")).transpose()
}

/// At most `limit` of those that are to come, the first due first, after this
/// place among them.
pub(super) async fn next(
    database: &Database,
    after: Option<(DateTime<Utc>, i64)>,
    limit: u64,
) -> Result<Vec<Pending>, DbErr> {
    let place = Expr::tuple([Expr::col(("s", "due_at")), Expr::col(("s", "id"))]);
    let mut select = Query::select();
    select
        .columns(["id", "due_at", "made_by", "key_id"].map(|column| ("s", column)))
        .from_as("schedules", "s")
        // Spelled out, so that the index of these can answer.
        .and_where(Expr::cust("s.state = 'PENDING'"))
        .order_by_columns([(("s", "due_at"), Sort::Asc), (("s", "id"), Sort::Asc)])
        .limit(limit);
    if let Some((due_at, id)) = after {
        select.and_where(place.gt(Expr::tuple([Expr::val(due_at), Expr::val(id)])));
    }
    let rows = database.rows(&select).await?;
    let pending = rows.iter().map(|row| {
        Ok(Pending {
            id: row.try_get("", "id")?,
            due_at: row.try_get("", "due_at")?,
            actor: Actor {
                name: row.try_get("", "made_by")?,
                key_id: row.try_get("", "key_id")?,
            },
        })
    });
    pending.collect()
}

/// Make a schedule. The answer is its id.
pub(super) async fn insert(tx: &DatabaseTransaction, row: ActiveModel) -> Result<i64, DbErr> {
    Ok(Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Let one that is to come be over: why it failed, if it did.
pub(super) async fn end(
    tx: &DatabaseTransaction,
    id: i64,
    (state, now): (State, DateTime<Utc>),
    failure: Option<(String, String)>,
) -> Result<(), DbErr> {
    let (failure_code, failure) = failure.unzip();
    let row = ActiveModel {
        state: Set(state),
        ended_at: Set(Some(now)),
        failure_code: Set(failure_code),
        failure: Set(failure),
        ..Default::default()
    };
    Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Pending))
        .exec(tx)
        .await
        .map(|_| ())
}

/// All that are to come: each with its local time, and when that was due.
pub(super) async fn pending(
    tx: &DatabaseTransaction,
) -> Result<Vec<(i64, String, DateTime<Utc>)>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::LocalAt, Column::DueAt])
        .filter(Column::State.eq(State::Pending))
        .into_tuple()
        .all(tx)
        .await
}

/// Let one be due then.
pub(super) async fn set_due(
    tx: &DatabaseTransaction,
    id: i64,
    due_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::val(due_at))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The name of the publication's time zone; `None` before there is a
/// publication.
pub(super) async fn time_zone(tx: &DatabaseTransaction) -> Result<Option<String>, DbErr> {
    publication::Entity::find_by_id(publication::ONLY_ID)
        .select_only()
        .column(publication::Column::TimeZone)
        .into_tuple()
        .one(tx)
        .await
}

/// The key of the words of an article in a locale; `None` where it has none.
pub(super) async fn words_of(
    tx: &DatabaseTransaction,
    article: i64,
    locale: &str,
) -> Result<Option<i64>, DbErr> {
    article_translation::Entity::find()
        .select_only()
        .column(article_translation::Column::Id)
        .filter(article_translation::Column::ArticleId.eq(article))
        .filter(article_translation::Column::Locale.eq(locale))
        .into_tuple()
        .one(tx)
        .await
}

/// Schedules and the words that they are of: `s` and `at`.
fn joined() -> SelectStatement {
    let words = Expr::col(("at", "id")).equals(("s", "translation_id"));
    Query::select()
        .from_as("schedules", "s")
        .join_as(JoinType::LeftJoin, "article_translations", "at", words)
        .to_owned()
}

/// The columns of [`Row`].
fn rows() -> SelectStatement {
    let mut select = joined();
    for column in [
        "id",
        "act",
        "issue_id",
        "local_at",
        "due_at",
        "made_at",
        "made_by",
        "state",
        "ended_at",
        "failure_code",
        "failure",
    ] {
        select.expr_as(Expr::col(("s", column)), column);
    }
    for column in ["article_id", "locale"] {
        select.expr_as(Expr::col(("at", column)), column);
    }
    select
}
