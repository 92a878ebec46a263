//! `masthead import`

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use anyhow::Context;

use super::arguments::Import;
use super::{connect, migrate, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::content::exchange::{ImportOptions, import};

pub(super) async fn run(config: Config, options: Import) -> anyhow::Result<()> {
    let input = open(&options.file)?;
    let database = connect(&config).await?;
    migrate::migrate(&database).await?;
    let how = ImportOptions {
        prune: options.prune,
    };
    let report = import(&database, &Clock::System, input, how).await;
    database.close().await;
    report?;
    terminal::say("the import is done")?;
    Ok(())
}

fn open(file: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if file == Path::new("-") {
        return Ok(Box::new(stdin()));
    }
    let opened = File::open(file).with_context(|| format!("can't read {}", file.display()))?;
    Ok(Box::new(opened))
}
