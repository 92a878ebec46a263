//! What is agreed with partners.

use std::collections::HashMap;

use masthead_entities::{partner_contract, partner_contract_locale, partner_contract_topic, topic};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::publication_locales;
use crate::access::list_of;
use crate::administration::api_key::contract::{Terms, TopicName};

/// What is agreed with the holders of these keys, as far as anything is.
///
/// # Errors
/// If the database does not answer.
pub async fn terms(
    connection: &impl ConnectionTrait,
    keys: &[i64],
) -> Result<HashMap<i64, Terms>, DbErr> {
    let contracts = partner_contract::Entity::find()
        .filter(partner_contract::Column::ApiKeyId.is_in(keys.iter().copied()))
        .all(connection)
        .await?;
    if contracts.is_empty() {
        return Ok(HashMap::new());
    }
    let locales = partner_contract_locale::Entity::find()
        .filter(partner_contract_locale::Column::ApiKeyId.is_in(keys.iter().copied()))
        .all(connection)
        .await?;
    let topics = partner_contract_topic::Entity::find()
        .filter(partner_contract_topic::Column::ApiKeyId.is_in(keys.iter().copied()))
        .order_by_asc(partner_contract_topic::Column::TopicId)
        .all(connection)
        .await?;
    let order = publication_locales(connection).await?;
    let place = |tag: &String| order.iter().position(|own| own == tag);
    let mut terms = HashMap::with_capacity(contracts.len());
    for contract in contracts {
        let key = contract.api_key_id;
        let own = locales.iter().filter(|row| row.api_key_id == key);
        let mut locales: Vec<String> = own.map(|row| row.locale.clone()).collect();
        locales.sort_by_key(place);
        let own = topics.iter().filter(|row| row.api_key_id == key);
        let topics = own.map(|row| row.topic_id).collect();
        let agreed = Terms {
            locales: (contract.binds_locales == 1).then_some(locales),
            topics: (contract.binds_topics == 1).then_some(topics),
            content: contract.content.into(),
            daily_quota: contract.daily_quota,
            origins: list_of(contract.origins.as_deref())?,
        };
        terms.insert(key, agreed);
    }
    Ok(terms)
}

/// Put `terms` in the place of what was agreed with the holder of a key.
pub(in crate::administration::api_key) async fn write_terms(
    tx: &DatabaseTransaction,
    key: i64,
    terms: &Terms,
) -> Result<(), DbErr> {
    let before = partner_contract::Entity::find_by_id(key).one(tx).await?;
    // What it binds to goes along.
    partner_contract::Entity::delete_by_id(key).exec(tx).await?;
    let origins = terms.origins.as_ref();
    let contract = partner_contract::ActiveModel {
        api_key_id: Set(key),
        version: Set(before.map_or(1, |before| before.version + 1)),
        binds_locales: Set(terms.locales.is_some().into()),
        binds_topics: Set(terms.topics.is_some().into()),
        content: Set(terms.content.into()),
        daily_quota: Set(terms.daily_quota),
        origins: Set(origins.map(|list| serde_json::Value::from(list.as_slice()).to_string())),
    };
    partner_contract::Entity::insert(contract)
        .exec_without_returning(tx)
        .await?;
    if let Some(locales) = &terms.locales {
        let rows = locales
            .iter()
            .map(|locale| partner_contract_locale::ActiveModel {
                api_key_id: Set(key),
                locale: Set(locale.clone()),
            });
        partner_contract_locale::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    // All of them may have been deleted since they were agreed on.
    if let Some(topics) = terms.topics.as_ref().filter(|topics| !topics.is_empty()) {
        let rows = topics
            .iter()
            .map(|topic| partner_contract_topic::ActiveModel {
                api_key_id: Set(key),
                topic_id: Set(*topic),
            });
        partner_contract_topic::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The number of the topic that is called so, if there is one.
pub(in crate::administration::api_key) async fn topic(
    tx: &DatabaseTransaction,
    name: &TopicName,
) -> Result<Option<i64>, DbErr> {
    let called = match name {
        TopicName::Id(id) => topic::Column::Id.eq(*id),
        TopicName::Slug(slug) => topic::Column::Slug.eq(slug.as_str()),
    };
    topic::Entity::find()
        .select_only()
        .column(topic::Column::Id)
        .filter(called)
        .into_tuple()
        .one(tx)
        .await
}
