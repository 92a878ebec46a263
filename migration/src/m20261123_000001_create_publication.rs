//! The publication: one row, and its locales.

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
            "CREATE TABLE publication_locales (
                tag {text} PRIMARY KEY,
                position {int} NOT NULL UNIQUE,
                name {text},
                description {text}
            ) {strict}",
        )
        .await?;

        execute(
            manager,
            "CREATE TABLE publications (
                id {ref} PRIMARY KEY CHECK (id = 1),
                default_locale {text} NOT NULL REFERENCES publication_locales (tag),
                time_zone {text} NOT NULL,
                url {text} NOT NULL,
                issue_path {text},
                article_path {text},
                topic_path {text},
                author_path {text}
            ) {strict}",
        )
        .await
    }
}
