//! An id is given once: what was removed leaves its own behind. A client that
//! holds an old one, a preview token, an idempotency key then finds nothing,
//! and never another thing.
//!
//! PostgreSQL counts on by itself. SQLite gives the greatest id again once its
//! row is gone, unless the key is declared `AUTOINCREMENT`, which can't be added
//! to a table that is there. What is stored is the same either way, so only the
//! declaration is changed (SQLite, "ALTER TABLE", section 8: the schema may be
//! edited where a change does not touch the content of the file).

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Sqlite {
            return Ok(());
        }
        let db = manager.get_connection();
        // The table in which SQLite counts comes with the first such key.
        db.execute_unprepared("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)")
            .await?;
        db.execute_unprepared("DROP TABLE counted").await?;
        let version = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA schema_version");
        let version = db.query_one_raw(version).await?;
        let version: i32 = version.map_or(Ok(0), |row| row.try_get("", "schema_version"))?;
        db.execute_unprepared("PRAGMA writable_schema = ON").await?;
        db.execute_unprepared(
            "UPDATE sqlite_schema
             SET sql = replace(sql, 'id INTEGER PRIMARY KEY,', 'id INTEGER PRIMARY KEY AUTOINCREMENT,')
             WHERE type = 'table' AND name IN (
                'issues', 'articles', 'topics', 'authors',
                'issue_translations', 'article_translations',
                'topic_translations', 'author_translations',
                'api_keys', 'schedules', 'article_corrections'
             )",
        )
        .await?;
        // Other connections read the schema anew.
        let next = format!("PRAGMA schema_version = {}", version.wrapping_add(1));
        db.execute_unprepared(&next).await?;
        db.execute_unprepared("PRAGMA writable_schema = RESET")
            .await?;
        Ok(())
    }
}
