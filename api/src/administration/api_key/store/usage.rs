//! What keys were used for.

use std::collections::HashMap;

use chrono::NaiveDate;
use masthead_entities::api_key_usage::{self, Model};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::database::Database;

/// What these keys were used for from `since` on, the last day first.
///
/// # Errors
/// If the database does not answer.
pub async fn used_since(
    database: &Database,
    keys: &[i64],
    since: NaiveDate,
) -> Result<HashMap<i64, Vec<Model>>, DbErr> {
    let days = api_key_usage::Entity::find()
        .filter(api_key_usage::Column::ApiKeyId.is_in(keys.iter().copied()))
        .filter(api_key_usage::Column::Day.gte(since))
        .order_by_desc(api_key_usage::Column::Day)
        .all(database.reader())
        .await?;
    let mut used: HashMap<i64, Vec<Model>> = HashMap::new();
    for day in days {
        used.entry(day.api_key_id).or_default().push(day);
    }
    Ok(used)
}
