//! API keys, and the secrets that they are known by.

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
        execute(
            manager,
            "CREATE TABLE api_keys (
                id {id},
                -- Which key does a command mean? And no name means two keys.
                name {text} NOT NULL UNIQUE,
                role {text} NOT NULL CHECK (
                    role IN ('READER', 'PARTNER', 'TRANSLATOR', 'EDITOR', 'PUBLISHER', 'ADMIN')
                ),
                -- A list of tags, in JSON.
                locales {text} CHECK ((locales IS NOT NULL) = (role = 'TRANSLATOR')),
                created_at {time} NOT NULL,
                created_by {text} NOT NULL,
                expires_at {time},
                revoked_at {time},
                last_used_at {time}
            ) {strict}",
        )
        .await?;

        execute(
            manager,
            "CREATE TABLE api_key_secrets (
                id {id},
                api_key_id {ref} NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
                -- Whose secret begins like this?
                prefix {text} NOT NULL UNIQUE,
                hash {text} NOT NULL,
                created_at {time} NOT NULL,
                expires_at {time}
            ) {strict}",
        )
        .await?;

        // The secrets of a key, the oldest first.
        execute(
            manager,
            "CREATE INDEX api_key_secrets_of_key ON api_key_secrets (api_key_id, id)",
        )
        .await
    }
}
