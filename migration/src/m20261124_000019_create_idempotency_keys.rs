//! Idempotency keys: which creations have been done already.

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
            "CREATE TABLE idempotency_keys (
                actor {text} NOT NULL,
                key {text} NOT NULL,
                operation {text} NOT NULL,
                -- A hash of the input, to tell a repetition from another wish.
                input {text} NOT NULL,
                made_id {ref} NOT NULL,
                made_at {time} NOT NULL,
                -- Has this one asked for this before?
                PRIMARY KEY (actor, key)
            ) {strict}",
        )
        .await?;

        // Which are old enough to go?
        execute(
            manager,
            "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (made_at)",
        )
        .await
    }
}
