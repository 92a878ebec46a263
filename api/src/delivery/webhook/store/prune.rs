//! What ended long ago goes.

use chrono::{DateTime, Utc};
use masthead_entities::{webhook_delivery, webhook_message};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::ROWS;
use crate::change_log::KEPT;
use crate::database::Database;

/// Remove deliveries that ended before [`KEPT`], and messages that no delivery
/// holds any more; step by step, so that nobody has to wait for all of it. The
/// answer is how many deliveries went.
///
/// # Errors
/// If the database does not answer. What was removed by then stays so.
pub async fn prune(database: &Database, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let Some(until) = now.checked_sub_days(KEPT) else {
        return Ok(0);
    };
    let mut removed = 0;
    loop {
        let gone: Vec<i64> = webhook_delivery::Entity::find()
            .select_only()
            .column(webhook_delivery::Column::Id)
            .filter(webhook_delivery::Column::EndedAt.lt(until))
            .order_by_asc(webhook_delivery::Column::EndedAt)
            .limit(ROWS as u64)
            .into_tuple()
            .all(database.reader())
            .await?;
        let unheld: Vec<i64> = webhook_message::Entity::find()
            .select_only()
            .column(webhook_message::Column::Id)
            .filter(webhook_message::Column::Id.not_in_subquery(held()))
            .limit(ROWS as u64)
            .into_tuple()
            .all(database.reader())
            .await?;
        if gone.is_empty() && unheld.is_empty() {
            return Ok(removed);
        }
        removed += remove(database, gone, unheld, until).await?;
    }
}

/// Remove them, unless they were made to wait again, or are held, meanwhile.
async fn remove(
    database: &Database,
    gone: Vec<i64>,
    unheld: Vec<i64>,
    until: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let turn = database.turn().await?;
    let tx = database.begin_maintenance().await?;
    let removed = webhook_delivery::Entity::delete_many()
        .filter(webhook_delivery::Column::Id.is_in(gone))
        .filter(webhook_delivery::Column::EndedAt.lt(until))
        .exec(&tx)
        .await?;
    webhook_message::Entity::delete_many()
        .filter(webhook_message::Column::Id.is_in(unheld))
        .filter(webhook_message::Column::Id.not_in_subquery(held()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    drop(turn);
    Ok(removed.rows_affected)
}

fn held() -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(webhook_delivery::Column::MessageId)
        .from(webhook_delivery::Entity)
        .to_owned()
}
