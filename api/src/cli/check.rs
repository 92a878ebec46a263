//! `masthead check`

use anyhow::Context;

use super::{connect, migrate, terminal};
use crate::config::{Config, SETTINGS};
use crate::content::derived;
use crate::database::Engine;

pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    for setting in SETTINGS {
        terminal::say(format_args!(
            "{} = {}",
            setting.name,
            (setting.show)(&config)
        ))?;
    }
    let database = connect(&config).await?;
    database
        .ping()
        .await
        .context("the database does not answer")?;
    let engine = match database.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let pending = migrate::pending(&database).await?;
    let is_current = pending.is_empty() && derived::is_current(&database).await?;
    database.close().await;
    terminal::say("the configuration is right")?;
    terminal::say(format_args!("the {engine} database answers"))?;
    match pending.len() {
        0 if is_current => terminal::say("the database is up to date")?,
        0 => terminal::say(
            "the forms of the words are of another version; `masthead rebuild` or \
             `masthead serve` makes them anew",
        )?,
        count => terminal::say(format_args!(
            "{count} migrations are pending; `masthead migrate` or `masthead serve` applies them"
        ))?,
    }
    Ok(())
}
