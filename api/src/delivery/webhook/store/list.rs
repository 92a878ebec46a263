//! Deliveries as admins read them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::webhook_attempt;
use masthead_entities::webhook_delivery::State;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};

use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Direction, KeyType, Order, Slice, SortKey};
use crate::graphql::page::Page;

/// A delivery, and the message that it is of.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::delivery::webhook) struct Delivery {
    pub(in crate::delivery::webhook) id: i64,
    pub(in crate::delivery::webhook) endpoint_id: i64,
    pub(in crate::delivery::webhook) public_id: String,
    pub(in crate::delivery::webhook) event: String,
    pub(in crate::delivery::webhook) payload: String,
    pub(in crate::delivery::webhook) happened_at: DateTime<Utc>,
    pub(in crate::delivery::webhook) state: State,
    pub(in crate::delivery::webhook) due_at: DateTime<Utc>,
    pub(in crate::delivery::webhook) ended_at: Option<DateTime<Utc>>,
}

/// The order of all lists of deliveries: the newest first.
pub(in crate::delivery::webhook) fn delivery_order() -> Order {
    let newest = SortKey::new(("d", "id"), KeyType::Integer, Direction::Desc);
    Order::new("webhookDeliveries", vec![newest], ("d", "id"))
}

/// One page of those that `condition` keeps: deliveries go by `d`, messages by
/// `m`.
pub(in crate::delivery::webhook) async fn deliveries(
    database: &Database,
    condition: Condition,
    page: &Page,
) -> Result<Slice<Delivery>, Error> {
    let order = delivery_order();
    let mut select = rows();
    select.cond_where(condition);
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = database.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, Delivery::from_query_result(row, "")?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many `condition` keeps.
pub(in crate::delivery::webhook) async fn count_deliveries(
    database: &Database,
    condition: Condition,
) -> Result<u64, DbErr> {
    let mut select = joined();
    select
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .cond_where(condition);
    let rows = database.rows(&select).await?;
    let count: Option<i64> = rows
        .first()
        .map(|row| row.try_get("", "count"))
        .transpose()?;
    Ok(count.and_then(|count| count.try_into().ok()).unwrap_or(0))
}

/// One delivery, if it is there.
pub(in crate::delivery::webhook) async fn delivery(
    database: &Database,
    id: i64,
) -> Result<Option<Delivery>, DbErr> {
    let mut select = rows();
    select.and_where(Expr::col(("d", "id")).eq(id));
    let rows = database.rows(&select).await?;
    let row = rows.first();
    row.map(|row| Delivery::from_query_result(row, ""))
        .transpose()
}

/// The attempts at deliveries, the first one first. A delivery is tried some
/// fifteen times, and again as often as it is replayed.
pub(in crate::delivery::webhook) async fn attempts(
    database: &Database,
    deliveries: &[i64],
) -> Result<HashMap<i64, Vec<webhook_attempt::Model>>, DbErr> {
    let mut attempts: HashMap<_, Vec<_>> = HashMap::new();
    let rows = webhook_attempt::Entity::find()
        .filter(webhook_attempt::Column::DeliveryId.is_in(deliveries.iter().copied()))
        .order_by_asc(webhook_attempt::Column::Id)
        .all(database.reader())
        .await?;
    for row in rows {
        attempts.entry(row.delivery_id).or_default().push(row);
    }
    Ok(attempts)
}

fn rows() -> SelectStatement {
    let mut select = joined();
    for column in ["id", "endpoint_id", "state", "due_at", "ended_at"] {
        select.column(("d", column));
    }
    for column in ["public_id", "event", "payload", "happened_at"] {
        select.column(("m", column));
    }
    select
}

fn joined() -> SelectStatement {
    let message = Expr::col(("m", "id")).equals(("d", "message_id"));
    Query::select()
        .from_as("webhook_deliveries", "d")
        .join_as(JoinType::InnerJoin, "webhook_messages", "m", message)
        .to_owned()
}
