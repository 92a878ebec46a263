//! All SQL of API keys, but for what every request needs.

mod contract;
mod usage;

use chrono::{DateTime, Utc};
use masthead_entities::{api_key, api_key_secret, publication_locale};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, NotSet,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};

use crate::access::{Fingerprint, Role, list_of};
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Order, Slice};
use crate::graphql::page::Page;

pub use contract::terms;
pub use usage::used_since;

pub(super) use contract::{topic, write_terms};

/// A key, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub name: String,
    pub role: Role,
    /// `None` but for translators.
    pub locales: Option<Vec<String>>,
    pub created_at: DateTime<Utc>,
    pub created_by: String,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// To the minute or so.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Which key is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    Id(i64),
    Name(String),
}

impl TryFrom<api_key::Model> for Row {
    type Error = DbErr;

    fn try_from(model: api_key::Model) -> Result<Self, DbErr> {
        let api_key::Model {
            id,
            name,
            role,
            locales,
            created_at,
            created_by,
            expires_at,
            revoked_at,
            last_used_at,
        } = model;
        Ok(Self {
            id,
            name,
            role: role.into(),
            locales: list_of(locales.as_deref())?,
            created_at,
            created_by,
            expires_at,
            revoked_at,
            last_used_at,
        })
    }
}

/// All keys, in the order in which they were made.
///
/// # Errors
/// If the database does not answer.
pub async fn all(database: &Database) -> Result<Vec<Row>, DbErr> {
    let keys = api_key::Entity::find()
        .order_by_asc(api_key::Column::Id)
        .all(database.reader())
        .await?;
    keys.into_iter().map(Row::try_from).collect()
}

/// The order of all lists of keys: that in which they were made.
pub(super) fn order() -> Order {
    Order::new("apiKeys", Vec::new(), ("api_keys", "id"))
}

/// One page of keys.
pub(super) async fn page(database: &Database, page: &Page) -> Result<Slice<Row>, Error> {
    let order = order();
    let mut select = api_key::Entity::find().into_query();
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = database.rows(&select).await?;
    let rows = rows.iter().map(|row| {
        let model = api_key::Model::from_query_result(row, "")?;
        Ok((order.cursor(row)?, Row::try_from(model)?))
    });
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many keys there are.
pub(super) async fn count(database: &Database) -> Result<u64, DbErr> {
    api_key::Entity::find().count(database.reader()).await
}

/// The key that is meant, if there is one.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    which: &Which,
) -> Result<Option<Row>, DbErr> {
    let meant = match which {
        Which::Id(id) => api_key::Column::Id.eq(*id),
        Which::Name(name) => api_key::Column::Name.eq(name.as_str()),
    };
    let key = api_key::Entity::find()
        .filter(meant)
        .one(connection)
        .await?;
    key.map(Row::try_from).transpose()
}

/// All keys of a role.
pub(super) async fn of_role(tx: &DatabaseTransaction, role: Role) -> Result<Vec<Row>, DbErr> {
    let keys = api_key::Entity::find()
        .filter(api_key::Column::Role.eq(api_key::Role::from(role)))
        .all(tx)
        .await?;
    keys.into_iter().map(Row::try_from).collect()
}

/// Let a key end then; `None`: it does not.
pub(super) async fn write_end(
    tx: &DatabaseTransaction,
    key: i64,
    end: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::ExpiresAt, Expr::val(end))
        .filter(api_key::Column::Id.eq(key))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Add a key. The answer has its number.
pub(super) async fn insert(tx: &DatabaseTransaction, row: Row) -> Result<Row, DbErr> {
    let locales = row.locales.as_ref();
    let model = api_key::ActiveModel {
        id: NotSet,
        name: Set(row.name.clone()),
        role: Set(row.role.into()),
        locales: Set(locales.map(|tags| serde_json::Value::from(tags.as_slice()).to_string())),
        created_at: Set(row.created_at),
        created_by: Set(row.created_by.clone()),
        expires_at: Set(row.expires_at),
        revoked_at: Set(row.revoked_at),
        last_used_at: Set(row.last_used_at),
    };
    let inserted = api_key::Entity::insert(model).exec(tx).await?;
    Ok(Row {
        id: inserted.last_insert_id,
        ..row
    })
}

/// Add a secret, which lives as long as its key.
pub(super) async fn insert_secret(
    tx: &DatabaseTransaction,
    key: i64,
    fingerprint: Fingerprint,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let secret = api_key_secret::ActiveModel {
        id: NotSet,
        api_key_id: Set(key),
        prefix: Set(fingerprint.prefix),
        hash: Set(fingerprint.hash),
        created_at: Set(now),
        expires_at: Set(None),
    };
    api_key_secret::Entity::insert(secret)
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Make room for a new secret: the newest lives until `end`, if there is one,
/// and all others go.
pub(super) async fn retire_secrets(
    tx: &DatabaseTransaction,
    key: i64,
    end: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let of_key = api_key_secret::Column::ApiKeyId.eq(key);
    let newest: Option<i64> = api_key_secret::Entity::find()
        .select_only()
        .column(api_key_secret::Column::Id)
        .filter(of_key.clone())
        .order_by_desc(api_key_secret::Column::Id)
        .into_tuple()
        .one(tx)
        .await?;
    let mut gone = api_key_secret::Entity::delete_many().filter(of_key);
    if let (Some(newest), Some(end)) = (newest, end) {
        let is_newest = api_key_secret::Column::Id.eq(newest);
        gone = gone.filter(api_key_secret::Column::Id.ne(newest));
        api_key_secret::Entity::update_many()
            .col_expr(api_key_secret::Column::ExpiresAt, Expr::val(end))
            .filter(is_newest)
            .exec(tx)
            .await?;
    }
    gone.exec(tx).await.map(|_| ())
}

/// End a key and all of its secrets.
pub(super) async fn revoke(
    tx: &DatabaseTransaction,
    key: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::val(now))
        .filter(api_key::Column::Id.eq(key))
        .exec(tx)
        .await?;
    api_key_secret::Entity::delete_many()
        .filter(api_key_secret::Column::ApiKeyId.eq(key))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The locales of the publication, in its order; none before the first content.
pub(super) async fn publication_locales(
    connection: &impl ConnectionTrait,
) -> Result<Vec<String>, DbErr> {
    publication_locale::Entity::find()
        .select_only()
        .column(publication_locale::Column::Tag)
        .order_by_asc(publication_locale::Column::Position)
        .into_tuple()
        .all(connection)
        .await
}
