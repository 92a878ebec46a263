//! `masthead migrate`

use anyhow::Context;
use masthead_migration::{Migrator, MigratorTrait};

use super::arguments::Migrate;
use super::{connect, terminal};
use crate::config::Config;
use crate::content::derived;
use crate::database::Database;

pub(super) async fn run(config: Config, options: Migrate) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    let (names, verb, rebuilt) = if options.dry_run {
        let pending = pending(&database).await?;
        if pending.is_empty() && !derived::is_current(&database).await? {
            terminal::say("pending: to make the forms of all translations anew")?;
            database.close().await;
            return Ok(());
        }
        (pending, "pending", 0)
    } else {
        let Brought { applied, rebuilt } = bring_up_to_date(&database).await?;
        (applied, "applied", rebuilt)
    };
    database.close().await;
    for name in &names {
        terminal::say(format_args!("{verb}: {name}"))?;
    }
    if rebuilt > 0 {
        terminal::say(format_args!(
            "made the forms of {rebuilt} translations anew"
        ))?;
    }
    if names.is_empty() && rebuilt == 0 {
        terminal::say("the database is up to date")?;
    }
    Ok(())
}

/// What was done to bring a database up to date.
#[derive(Debug)]
pub(super) struct Brought {
    /// The migrations that were applied, oldest first.
    pub(super) applied: Vec<String>,
    /// How many translations got their forms anew.
    pub(super) rebuilt: u64,
}

/// Apply what is pending, and make the forms of all words anew if this program
/// makes others than are stored.
pub(super) async fn bring_up_to_date(database: &Database) -> anyhow::Result<Brought> {
    let applied = migrate(database).await?;
    let rebuilt = derived::refresh(database)
        .await
        .context("the forms of the words can't be made anew")?;
    Ok(Brought {
        applied,
        rebuilt: rebuilt.map_or(0, |rebuilt| rebuilt.translations),
    })
}

/// The migrations that the database still lacks, oldest first. Changes
/// nothing.
pub(super) async fn pending(database: &Database) -> anyhow::Result<Vec<String>> {
    let pending = Migrator::get_pending_migrations_read_only(database.reader())
        .await
        .context("can't tell which migrations are pending")?;
    Ok(names(&pending))
}

/// Apply what is pending: all of it or none. Of several processes that start
/// together one migrates, and the others wait for it.
pub(super) async fn migrate(database: &Database) -> anyhow::Result<Vec<String>> {
    let pending = async {
        let tx = database.begin_maintenance().await?;
        let pending = Migrator::get_pending_migrations_read_only(&tx).await?;
        Migrator::up(&tx, None).await?;
        tx.commit().await?;
        Ok::<_, sea_orm::DbErr>(pending)
    };
    let applied = pending.await.context("the database can't be migrated")?;
    Ok(names(&applied))
}

fn names(migrations: &[masthead_migration::Migration]) -> Vec<String> {
    let names = migrations
        .iter()
        .map(|migration| migration.name().to_owned());
    names.collect()
}
