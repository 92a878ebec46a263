//! What is still to be told: messages, and deliveries of them that wait.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::webhook_delivery::{self, State};
use masthead_entities::webhook_message;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveEnum as _, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, NotSet,
    QueryFilter, QuerySelect, Set,
};

use super::ROWS;
use crate::change_log::{Position, Thing};
use crate::database::Database;
use crate::delivery::webhook::event::Event;

/// A message that is to be sent.
#[derive(Clone, Debug)]
pub(in crate::delivery::webhook) struct NewMessage {
    pub(in crate::delivery::webhook) public_id: String,
    pub(in crate::delivery::webhook) event: Event,
    /// The entry that it tells, and what that is about; `None`: a test.
    pub(in crate::delivery::webhook) of: Option<(Position, Thing, i64)>,
    pub(in crate::delivery::webhook) happened_at: DateTime<Utc>,
    pub(in crate::delivery::webhook) payload: String,
}

/// How many deliveries wait for each endpoint; one for which none does is left
/// out.
pub(in crate::delivery::webhook) async fn waiting(
    database: &Database,
) -> Result<HashMap<i64, u64>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        endpoint_id: i64,
        waiting: i64,
    }
    let rows = webhook_delivery::Entity::find()
        .select_only()
        .column(webhook_delivery::Column::EndpointId)
        .column_as(webhook_delivery::Column::Id.count(), "waiting")
        .filter(webhook_delivery::Column::State.eq(State::Pending))
        .group_by(webhook_delivery::Column::EndpointId)
        .into_model::<Row>()
        .all(database.reader())
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (row.endpoint_id, u64::try_from(row.waiting).unwrap_or(0)))
        .collect())
}

/// Let `messages` wait for an endpoint. One that is there already keeps its
/// payload; one that was delivered, or failed, is to be delivered again. The
/// answer is the key of the last delivery.
pub(in crate::delivery::webhook) async fn add(
    tx: &DatabaseTransaction,
    endpoint: i64,
    messages: Vec<NewMessage>,
    now: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    let mut last = None;
    let mut messages = messages.into_iter().peekable();
    while messages.peek().is_some() {
        let some: Vec<NewMessage> = messages.by_ref().take(ROWS).collect();
        last = add_some(tx, endpoint, some, now).await?;
    }
    Ok(last)
}

async fn add_some(
    tx: &DatabaseTransaction,
    endpoint: i64,
    messages: Vec<NewMessage>,
    now: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    let order: Vec<String> = messages.iter().map(|one| one.public_id.clone()).collect();
    let known = OnConflict::column(webhook_message::Column::PublicId)
        .do_nothing()
        .to_owned();
    webhook_message::Entity::insert_many(messages.into_iter().map(message))
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    let kept = webhook_message::Entity::find()
        .filter(webhook_message::Column::PublicId.is_in(&order))
        .all(tx)
        .await?;
    let mut kept: HashMap<String, webhook_message::Model> = kept
        .into_iter()
        .map(|message| (message.public_id.clone(), message))
        .collect();
    // In the order in which they were told.
    let kept: Vec<_> = order.iter().filter_map(|id| kept.remove(id)).collect();
    let last = kept.last().map(|message| message.id);
    let deliveries = kept
        .into_iter()
        .map(|message| delivery(endpoint, &message, now));
    webhook_delivery::Entity::insert_many(deliveries)
        .on_conflict(anew(now))
        .exec_without_returning(tx)
        .await?;
    let added: Option<i64> = webhook_delivery::Entity::find()
        .select_only()
        .column(webhook_delivery::Column::Id)
        .filter(webhook_delivery::Column::EndpointId.eq(endpoint))
        .filter(webhook_delivery::Column::MessageId.eq(last))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(added)
}

fn message(message: NewMessage) -> webhook_message::ActiveModel {
    webhook_message::ActiveModel {
        id: NotSet,
        public_id: Set(message.public_id),
        event: Set(message.event.as_str().to_owned()),
        position: Set(message.of.map(|(position, _, _)| position.get())),
        thing: Set(message.of.map(|(_, thing, _)| thing)),
        thing_id: Set(message.of.map(|(_, _, id)| id)),
        happened_at: Set(message.happened_at),
        payload: Set(message.payload),
    }
}

fn delivery(
    endpoint: i64,
    message: &webhook_message::Model,
    now: DateTime<Utc>,
) -> webhook_delivery::ActiveModel {
    webhook_delivery::ActiveModel {
        id: NotSet,
        endpoint_id: Set(endpoint),
        message_id: Set(message.id),
        position: Set(message.position),
        thing: Set(message.thing),
        thing_id: Set(message.thing_id),
        state: Set(State::Pending),
        attempts: Set(0),
        made_at: Set(now),
        first_tried_at: Set(None),
        due_at: Set(now),
        leased_until: Set(None),
        ended_at: Set(None),
    }
}

/// A delivery that has ended waits anew.
fn anew(now: DateTime<Utc>) -> OnConflict {
    use webhook_delivery::Column;
    let has_ended =
        Expr::col((webhook_delivery::Entity, Column::State)).ne(State::Pending.to_value());
    OnConflict::columns([Column::EndpointId, Column::MessageId])
        .values([
            (Column::State, Expr::val(State::Pending.to_value())),
            (Column::Attempts, Expr::val(0)),
            (Column::FirstTriedAt, Expr::val(None::<DateTime<Utc>>)),
            (Column::DueAt, Expr::val(now)),
            (Column::EndedAt, Expr::val(None::<DateTime<Utc>>)),
        ])
        .action_and_where(has_ended)
        .to_owned()
}

/// Let a delivery that has ended wait anew. The answer is whether it had.
pub(in crate::delivery::webhook) async fn again(
    tx: &DatabaseTransaction,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use webhook_delivery::Column;
    let waits = webhook_delivery::Entity::update_many()
        .col_expr(Column::State, Expr::val(State::Pending.to_value()))
        .col_expr(Column::Attempts, Expr::val(0))
        .col_expr(Column::FirstTriedAt, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::DueAt, Expr::val(now))
        .col_expr(Column::EndedAt, Expr::val(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.ne(State::Pending))
        .exec(tx)
        .await?;
    Ok(waits.rows_affected > 0)
}

/// Nothing waits for an endpoint any more. The answer is how many did.
pub(in crate::delivery::webhook) async fn cancel_all(
    tx: &DatabaseTransaction,
    endpoint: i64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    use webhook_delivery::Column;
    let cancelled = webhook_delivery::Entity::update_many()
        .col_expr(Column::State, Expr::val(State::Cancelled.to_value()))
        .col_expr(Column::LeasedUntil, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::EndedAt, Expr::val(now))
        .filter(Column::EndpointId.eq(endpoint))
        .filter(Column::State.eq(State::Pending))
        .exec(tx)
        .await?;
    Ok(cancelled.rows_affected)
}
