//! Which version of the forms that are made of words the database holds.

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
            "CREATE TABLE derived_forms (
                id {ref} PRIMARY KEY CHECK (id = 1),
                version {int} NOT NULL
            ) {strict}",
        )
        .await?;

        // What there is by now has no forms yet.
        execute(
            manager,
            "INSERT INTO derived_forms (id, version) VALUES (1, 0)",
        )
        .await
    }
}
