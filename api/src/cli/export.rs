//! `masthead export`

use std::fs::File;
use std::io::{Write, stdout};
use std::path::Path;

use anyhow::Context;

use super::arguments::Export;
use super::connect;
use crate::config::Config;
use crate::content::exchange::export;

pub(super) async fn run(config: Config, options: Export) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    let output = create(&options.file)?;
    let exported = export(&database, output).await;
    database.close().await;
    exported?;
    Ok(())
}

fn create(file: &Path) -> anyhow::Result<Box<dyn Write + Send>> {
    if file == Path::new("-") {
        return Ok(Box::new(stdout()));
    }
    let created = File::create(file).with_context(|| format!("can't write {}", file.display()))?;
    Ok(Box::new(created))
}
