//! The secret that preview tokens are signed with: one for all processes, made
//! by the program when the first token is.

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
            "CREATE TABLE preview_secret (
                id {ref} PRIMARY KEY CHECK (id = 1),
                secret {text} NOT NULL
            ) {strict}",
        )
        .await
    }
}
