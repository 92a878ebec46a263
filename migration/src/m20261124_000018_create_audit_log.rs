//! The audit log: who did what, when. Rows are only ever added.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No reference to what was done to or by whom: those may go, the log
        // stays.
        execute(
            manager,
            "CREATE TABLE audit_log (
                id {id},
                happened_at {time} NOT NULL,
                actor {text} NOT NULL,
                api_key_id {ref},
                operation {text} NOT NULL,
                thing {text},
                thing_id {ref},
                name {text},
                locale {text},
                from_version {int},
                to_version {int},
                note {text}
            ) {strict}",
        )
        .await?;

        // What was done to this?
        execute(
            manager,
            "CREATE INDEX audit_log_by_thing ON audit_log (thing, thing_id, id)",
        )
        .await?;

        // What did this one do?
        execute(
            manager,
            "CREATE INDEX audit_log_by_actor ON audit_log (actor, id)",
        )
        .await?;

        match manager.get_database_backend() {
            DatabaseBackend::Sqlite => keep_on_sqlite(manager).await,
            _ => keep_on_postgres(manager).await,
        }
    }
}

async fn keep_on_sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for act in ["UPDATE", "DELETE"] {
        let trigger = format!(
            "CREATE TRIGGER audit_log_no_{} BEFORE {act} ON audit_log BEGIN
                SELECT RAISE(ABORT, 'the audit log is only added to');
            END",
            act.to_lowercase()
        );
        execute(manager, &trigger).await?;
    }
    Ok(())
}

async fn keep_on_postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute(
        manager,
        "CREATE FUNCTION audit_log_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the audit log is only added to';
        END $$",
    )
    .await?;
    execute(
        manager,
        "CREATE TRIGGER audit_log_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
            FOR EACH STATEMENT EXECUTE FUNCTION audit_log_keep()",
    )
    .await
}
