//! The address that the website had first. Ids in feeds are made of it, so that
//! they stay as they are when the website moves.

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
        for statement in [
            "ALTER TABLE publications ADD COLUMN first_url {text} NOT NULL DEFAULT ''",
            "UPDATE publications SET first_url = url",
        ] {
            execute(manager, statement).await?;
        }
        Ok(())
    }
}
