//! Endpoints.

use std::collections::HashMap;

use masthead_entities::webhook_endpoint::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    FromQueryResult, IntoActiveModel as _, NotSet, PaginatorTrait, QueryFilter, QueryOrder,
    QueryResult, QueryTrait,
};

use crate::access::list_of;
use crate::database::Database;
use crate::delivery::webhook::endpoint::{Endpoint, Former};
use crate::delivery::webhook::event::Event;
use crate::delivery::webhook::signature::Secret;
use crate::error::Error;
use crate::graphql::keyset::{Order, Slice};
use crate::graphql::page::Page;

/// An endpoint as it is listed.
#[derive(Clone, Debug)]
pub(in crate::delivery::webhook) struct Told {
    pub(in crate::delivery::webhook) endpoint: Endpoint,
    /// How many deliveries wait for it.
    pub(in crate::delivery::webhook) waiting: i64,
}

/// The order of all lists of endpoints: that in which they were made.
pub(in crate::delivery::webhook) fn order() -> Order {
    Order::new("webhookEndpoints", Vec::new(), ("webhook_endpoints", "id"))
}

/// One page of endpoints.
pub(in crate::delivery::webhook) async fn page(
    database: &Database,
    page: &Page,
) -> Result<Slice<Told>, Error> {
    let order = order();
    let mut select = Entity::find().into_query();
    select.expr_as(Expr::cust(WAITING), "waiting");
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = database.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, of_row(row)?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

const WAITING: &str = "(SELECT COUNT(*) FROM webhook_deliveries AS waiting
    WHERE waiting.endpoint_id = webhook_endpoints.id AND waiting.state = 'PENDING')";

/// How many endpoints there are.
pub(in crate::delivery::webhook) async fn count(
    connection: &impl ConnectionTrait,
) -> Result<u64, DbErr> {
    Entity::find().count(connection).await
}

/// All endpoints that are told what changes, in the order in which they were
/// made.
pub(in crate::delivery::webhook) async fn enabled(
    database: &Database,
) -> Result<Vec<Endpoint>, DbErr> {
    let rows = Entity::find()
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id)
        .all(database.reader())
        .await?;
    rows.into_iter().map(Endpoint::try_from).collect()
}

/// An endpoint, if it is there.
pub(in crate::delivery::webhook) async fn find(
    connection: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Endpoint>, DbErr> {
    let row = Entity::find_by_id(id).one(connection).await?;
    row.map(Endpoint::try_from).transpose()
}

/// Endpoints as they are listed, by their keys.
pub(in crate::delivery::webhook) async fn told(
    database: &Database,
    ids: &[i64],
) -> Result<HashMap<i64, Told>, DbErr> {
    let mut select = Entity::find().into_query();
    select
        .expr_as(Expr::cust(WAITING), "waiting")
        .and_where(database.is_any(("webhook_endpoints", "id"), ids));
    let rows = database.rows(&select).await?;
    let rows = rows.iter().map(|row| {
        let told = of_row(row)?;
        Ok((told.endpoint.id, told))
    });
    rows.collect()
}

fn of_row(row: &QueryResult) -> Result<Told, DbErr> {
    Ok(Told {
        endpoint: Model::from_query_result(row, "")?.try_into()?,
        waiting: row.try_get("", "waiting")?,
    })
}

/// Add an endpoint. The answer is its key.
pub(in crate::delivery::webhook) async fn insert(
    tx: &DatabaseTransaction,
    endpoint: Endpoint,
) -> Result<i64, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        ..Model::from(endpoint).into_active_model()
    };
    Ok(Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Write what an endpoint is.
pub(in crate::delivery::webhook) async fn update(
    tx: &DatabaseTransaction,
    endpoint: Endpoint,
) -> Result<(), DbErr> {
    let mut row = Model::from(endpoint).into_active_model().reset_all();
    // It is for those who send to write.
    row.last_delivered_at = NotSet;
    row.update(tx).await.map(|_| ())
}

/// Remove an endpoint, with all its deliveries.
pub(in crate::delivery::webhook) async fn delete(
    tx: &DatabaseTransaction,
    id: i64,
) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}

impl TryFrom<Model> for Endpoint {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let events: Option<Vec<String>> = match &row.events {
            None => None,
            Some(list) => Some(serde_json::from_str(list).map_err(|_| broken("events"))?),
        };
        let known = |events: Vec<String>| {
            let events = events.iter();
            events.filter_map(|text| Event::of_text(text)).collect()
        };
        let secret = |text: &str| Secret::read(text).ok_or_else(|| broken("secret"));
        let former = match row.former_secret.as_deref().zip(row.former_secret_until) {
            None => None,
            Some((text, until)) => Some(Former {
                secret: secret(text)?,
                until,
            }),
        };
        Ok(Self {
            id: row.id,
            url: row.url,
            description: row.description,
            events: events.map(known),
            locales: list_of(row.locales.as_deref())?,
            secret: secret(&row.secret)?,
            former,
            created_at: row.created_at,
            created_by: row.created_by,
            disabled: row.disabled_at.zip(row.disabled_because),
            failing_since: row.failing_since,
            last_delivered_at: row.last_delivered_at,
        })
    }
}

fn broken(column: &str) -> DbErr {
    DbErr::Type(format!("the {column} of a webhook endpoint can't be read"))
}

impl From<Endpoint> for Model {
    fn from(endpoint: Endpoint) -> Self {
        let Endpoint {
            id,
            url,
            description,
            events,
            locales,
            secret,
            former,
            created_at,
            created_by,
            disabled,
            failing_since,
            last_delivered_at,
        } = endpoint;
        let list = |texts: Vec<&str>| serde_json::Value::from(texts).to_string();
        let (former_secret, former_secret_until) = former
            .map(|former| (former.secret.reveal(), former.until))
            .unzip();
        let (disabled_at, disabled_because) = disabled.unzip();
        Self {
            id,
            url,
            description,
            events: events.map(|events| list(events.into_iter().map(Event::as_str).collect())),
            locales: locales.map(|tags| list(tags.iter().map(String::as_str).collect())),
            secret: secret.reveal(),
            former_secret,
            former_secret_until,
            created_at,
            created_by,
            disabled_at,
            disabled_because,
            failing_since,
            last_delivered_at,
        }
    }
}
