//! Deliveries as they are sent.

use chrono::{DateTime, Duration, Utc};
use masthead_entities::webhook_delivery::{Column, Entity, State};
use masthead_entities::{webhook_attempt, webhook_endpoint};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ActiveEnum as _, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, FromQueryResult, NotSet, QueryFilter, QuerySelect, Set, Statement,
};

use crate::database::Database;

/// A delivery that is due, and what it is of.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::delivery::webhook) struct Due {
    pub(in crate::delivery::webhook) id: i64,
    pub(in crate::delivery::webhook) endpoint_id: i64,
    pub(in crate::delivery::webhook) attempts: i32,
    /// `None`: not yet.
    pub(in crate::delivery::webhook) first_tried_at: Option<DateTime<Utc>>,
    pub(in crate::delivery::webhook) public_id: String,
    pub(in crate::delivery::webhook) event: String,
    pub(in crate::delivery::webhook) payload: String,
}

/// An attempt that has ended.
#[derive(Clone, Debug)]
pub(in crate::delivery::webhook) struct Ended {
    pub(in crate::delivery::webhook) began_at: DateTime<Utc>,
    pub(in crate::delivery::webhook) duration: std::time::Duration,
    /// The status of the answer, or why there was none.
    pub(in crate::delivery::webhook) status: Result<u16, String>,
    /// The beginning of the answer.
    pub(in crate::delivery::webhook) response: String,
}

/// What becomes of a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::delivery::webhook) enum Outcome {
    Delivered,
    /// It is tried again, then.
    Again(DateTime<Utc>),
    Failed,
}

/// When an endpoint is well again that did not answer for so long, all that waits
/// for it is due at once.
const ILL: Duration = Duration::minutes(1);

/// What may be sent at `now`: it is due, nobody else sends it, and of the same
/// thing nothing from before waits. Endpoints of `busy` are left out.
pub(in crate::delivery::webhook) async fn due(
    database: &Database,
    now: DateTime<Utc>,
    busy: &[i64],
    limit: u64,
) -> Result<Vec<Due>, DbErr> {
    let busy: Vec<String> = busy.iter().map(i64::to_string).collect();
    let mut free = String::new();
    if !busy.is_empty() {
        free = format!("AND d.endpoint_id NOT IN ({})", busy.join(", "));
    }
    let sql = format!(
        "SELECT d.id, d.endpoint_id, d.attempts, d.first_tried_at,
                m.public_id, m.event, m.payload
         FROM webhook_deliveries AS d
         JOIN webhook_messages AS m ON m.id = d.message_id
         JOIN webhook_endpoints AS e ON e.id = d.endpoint_id
         WHERE d.state = 'PENDING' AND d.due_at <= $1
           AND (d.leased_until IS NULL OR d.leased_until <= $1)
           AND e.disabled_at IS NULL {free}
           AND NOT EXISTS (
               SELECT 1 FROM webhook_deliveries AS earlier
               WHERE earlier.state = 'PENDING' AND earlier.endpoint_id = d.endpoint_id
                 AND earlier.thing = d.thing AND earlier.thing_id = d.thing_id
                 AND earlier.position < d.position
           )
         ORDER BY d.due_at, d.id LIMIT $2"
    );
    let values = [now.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
    let statement = Statement::from_sql_and_values(database.engine().backend(), sql, values);
    let rows = database.reader().query_all_raw(statement).await?;
    rows.iter()
        .map(|row| Due::from_query_result(row, ""))
        .collect()
}

/// Take a delivery to send it, until `until`. The answer is whether nobody else
/// has it.
pub(in crate::delivery::webhook) async fn claim(
    database: &Database,
    id: i64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let first = Func::coalesce([Expr::col(Column::FirstTriedAt), Expr::val(now)]);
    let is_free = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now));
    let claimed = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::val(until))
        .col_expr(Column::FirstTriedAt, first.into())
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::DueAt.lte(now))
        .filter(is_free)
        .exec(database.writer())
        .await?;
    Ok(claimed.rows_affected > 0)
}

/// Note how an attempt went, if the delivery is still held until `until`: else it
/// was cancelled, is somebody else's, or is gone. The answer is whether it was.
pub(in crate::delivery::webhook) async fn finish(
    database: &Database,
    (due, until): (&Due, DateTime<Utc>),
    ended: Ended,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let tx = database.begin().await?;
    let ended_at = (!matches!(outcome, Outcome::Again(_))).then_some(now);
    let (state, due_at) = match outcome {
        Outcome::Delivered => (State::Delivered, now),
        Outcome::Again(at) => (State::Pending, at),
        Outcome::Failed => (State::Failed, now),
    };
    let noted = Entity::update_many()
        .col_expr(Column::State, Expr::val(state.to_value()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::DueAt, Expr::val(due_at))
        .col_expr(Column::LeasedUntil, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::EndedAt, Expr::val(ended_at))
        .filter(Column::Id.eq(due.id))
        .filter(Column::LeasedUntil.eq(until))
        .exec(&tx)
        .await?;
    if noted.rows_affected == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    add_attempt(&tx, due.id, ended).await?;
    match outcome {
        Outcome::Delivered => note_health(&tx, due.endpoint_id, now).await?,
        Outcome::Again(_) | Outcome::Failed => note_failure(&tx, due.endpoint_id, now).await?,
    }
    tx.commit().await?;
    Ok(true)
}

async fn add_attempt(tx: &DatabaseTransaction, delivery: i64, ended: Ended) -> Result<(), DbErr> {
    let millis = i32::try_from(ended.duration.as_millis()).unwrap_or(i32::MAX);
    let row = webhook_attempt::ActiveModel {
        id: NotSet,
        delivery_id: Set(delivery),
        began_at: Set(ended.began_at),
        duration_ms: Set(millis),
        status: Set(ended.status.as_ref().ok().copied().map(i32::from)),
        failure: Set(ended.status.err()),
        response: Set(ended.response),
    };
    let insert = webhook_attempt::Entity::insert(row);
    insert.exec_without_returning(tx).await.map(|_| ())
}

/// An endpoint took a message.
async fn note_health(
    tx: &DatabaseTransaction,
    endpoint: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use webhook_endpoint::Column as Of;
    let failing: Option<Option<DateTime<Utc>>> = webhook_endpoint::Entity::find_by_id(endpoint)
        .select_only()
        .column(Of::FailingSince)
        .into_tuple()
        .one(tx)
        .await?;
    webhook_endpoint::Entity::update_many()
        .col_expr(Of::FailingSince, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Of::LastDeliveredAt, Expr::val(now))
        .filter(Of::Id.eq(endpoint))
        .exec(tx)
        .await?;
    if failing.flatten().is_none_or(|since| now - since < ILL) {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::val(now))
        .filter(Column::EndpointId.eq(endpoint))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::DueAt.gt(now))
        .exec(tx)
        .await
        .map(|_| ())
}

/// An endpoint did not take a message.
async fn note_failure(
    tx: &DatabaseTransaction,
    endpoint: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use webhook_endpoint::Column as Of;
    webhook_endpoint::Entity::update_many()
        .col_expr(Of::FailingSince, Expr::val(now))
        .filter(Of::Id.eq(endpoint))
        .filter(Of::FailingSince.is_null())
        .exec(tx)
        .await
        .map(|_| ())
}
