//! The schema of Masthead's database, forward only, one set for SQLite and
//! PostgreSQL. `README.md` beside this crate says how to write one.

mod dialect;
mod m20261123_000001_create_publication;
mod m20261123_000002_create_topics;
mod m20261123_000003_create_authors;
mod m20261123_000004_create_issues;
mod m20261123_000005_create_articles;
mod m20261123_000006_create_former_slugs;
mod m20261124_000007_create_article_texts;
mod m20261124_000008_create_article_search;
mod m20261124_000009_add_sort_keys;
mod m20261124_000010_create_article_key_terms;
mod m20261124_000011_create_derived_forms;
mod m20261124_000013_add_versions;
mod m20261124_000014_create_api_keys;
mod m20261124_000015_create_draft_views;
mod m20261124_000016_keep_former_slugs;
mod m20261124_000017_create_preview_secret;
mod m20261124_000018_create_audit_log;
mod m20261124_000019_create_idempotency_keys;
mod m20261124_000020_create_revisions;
mod m20261124_000021_create_schedules;
mod m20261124_000022_create_corrections;
mod m20261124_000023_create_change_log;
mod m20261124_000024_keep_ids;
mod m20261128_000025_create_author_articles;
mod m20261128_000026_keep_first_url;
mod m20261128_000027_create_webhooks;
mod m20261129_000028_create_partner_contracts;

use sea_orm_migration::prelude::{MigrationTrait, async_trait};
pub use sea_orm_migration::{Migration, MigratorTrait};

/// All migrations, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_publication::Migration),
            Box::new(m20261123_000002_create_topics::Migration),
            Box::new(m20261123_000003_create_authors::Migration),
            Box::new(m20261123_000004_create_issues::Migration),
            Box::new(m20261123_000005_create_articles::Migration),
            Box::new(m20261123_000006_create_former_slugs::Migration),
            Box::new(m20261124_000007_create_article_texts::Migration),
            Box::new(m20261124_000008_create_article_search::Migration),
            Box::new(m20261124_000009_add_sort_keys::Migration),
            Box::new(m20261124_000010_create_article_key_terms::Migration),
            Box::new(m20261124_000011_create_derived_forms::Migration),
            Box::new(m20261124_000013_add_versions::Migration),
            Box::new(m20261124_000014_create_api_keys::Migration),
            Box::new(m20261124_000015_create_draft_views::Migration),
            Box::new(m20261124_000016_keep_former_slugs::Migration),
            Box::new(m20261124_000017_create_preview_secret::Migration),
            Box::new(m20261124_000018_create_audit_log::Migration),
            Box::new(m20261124_000019_create_idempotency_keys::Migration),
            Box::new(m20261124_000020_create_revisions::Migration),
            Box::new(m20261124_000021_create_schedules::Migration),
            Box::new(m20261124_000022_create_corrections::Migration),
            Box::new(m20261124_000023_create_change_log::Migration),
            Box::new(m20261124_000024_keep_ids::Migration),
            Box::new(m20261128_000025_create_author_articles::Migration),
            Box::new(m20261128_000026_keep_first_url::Migration),
            Box::new(m20261128_000027_create_webhooks::Migration),
            Box::new(m20261129_000028_create_partner_contracts::Migration),
        ]
    }
}
