//! What partners may be served, by key, and what keys were used for by day.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in &TABLES {
            execute(manager, statement).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 5] = [
    // Whether there is a bound stands here: a topic that is deleted takes its
    // row along, and a bound without rows lets nothing pass.
    "CREATE TABLE partner_contracts (
        -- What may this key be served?
        api_key_id {ref} PRIMARY KEY REFERENCES api_keys (id) ON DELETE CASCADE,
        version {int} NOT NULL,
        binds_locales {int} NOT NULL CHECK (binds_locales IN (0, 1)),
        binds_topics {int} NOT NULL CHECK (binds_topics IN (0, 1)),
        content {text} NOT NULL CHECK (content IN ('FULL', 'SUMMARY')),
        -- In units of cost; NULL: as many as it likes.
        daily_quota {ref} CHECK (daily_quota > 0),
        -- A list, in JSON; NULL: any.
        origins {text}
    ) {strict}",
    "CREATE TABLE partner_contract_locales (
        api_key_id {ref} NOT NULL REFERENCES partner_contracts (api_key_id) ON DELETE CASCADE,
        locale {text} NOT NULL,
        -- Which locales may this key be served?
        PRIMARY KEY (api_key_id, locale)
    ) {strict}",
    "CREATE TABLE partner_contract_topics (
        api_key_id {ref} NOT NULL REFERENCES partner_contracts (api_key_id) ON DELETE CASCADE,
        topic_id {ref} NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
        -- Which topics may this key be served?
        PRIMARY KEY (api_key_id, topic_id)
    ) {strict}",
    // Who deletes a topic asks for it.
    "CREATE INDEX partner_contract_topics_of_topics ON partner_contract_topics (topic_id)",
    "CREATE TABLE api_key_usage (
        api_key_id {ref} NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
        -- In UTC.
        day {date} NOT NULL,
        requests {ref} NOT NULL,
        cost {ref} NOT NULL,
        refused {ref} NOT NULL,
        -- What was this key used for, on that day and before?
        PRIMARY KEY (api_key_id, day)
    ) {strict}",
];
