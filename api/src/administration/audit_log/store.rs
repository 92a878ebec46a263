//! All SQL of the audit log as it is read.

use masthead_entities::audit_log::{Entity, Model};
use sea_orm::sea_query::Condition;
use sea_orm::{DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryTrait};

use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Direction, KeyType, Order, Slice, SortKey};
use crate::graphql::page::Page;

/// The order of the log: what was done last comes first. Writers take turns, so
/// that ids are given in that order.
pub fn order() -> Order {
    let newest = SortKey::new(("audit_log", "id"), KeyType::Integer, Direction::Desc);
    Order::new("auditLog", vec![newest], ("audit_log", "id"))
}

/// One page of the entries that `condition` keeps.
pub async fn page(
    database: &Database,
    condition: Condition,
    page: &Page,
) -> Result<Slice<Model>, Error> {
    let order = order();
    let mut select = Entity::find().filter(condition).into_query();
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = database.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, Model::from_query_result(row, "")?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many entries `condition` keeps.
pub async fn count(database: &Database, condition: Condition) -> Result<u64, DbErr> {
    Entity::find()
        .filter(condition)
        .count(database.reader())
        .await
}
