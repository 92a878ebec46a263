//! `masthead import`

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::Import;
use super::{connect, migrate, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::content::exchange::{ImportOptions, Progress, import};

pub(super) async fn run(config: Config, options: Import) -> anyhow::Result<()> {
    let (input, size) = open(&options.file)?;
    let database = connect(&config).await?;
    migrate::bring_up_to_date(&database).await?;
    let bar = bar(size);
    let shown = bar.clone();
    let how = ImportOptions {
        prune: options.prune,
        progress: Some(Progress::new(move |advance| {
            shown.set_position(advance.bytes);
            shown.set_message(format!("{} records", advance.records));
        })),
    };
    let report = import(&database, &Clock::System, input, how).await;
    bar.finish_and_clear();
    database.close().await;
    terminal::say(report?)?;
    Ok(())
}

/// The input, and how many bytes it has, where that is known.
fn open(file: &Path) -> anyhow::Result<(Box<dyn Read + Send>, Option<u64>)> {
    if file == Path::new("-") {
        return Ok((Box::new(stdin()), None));
    }
    let opened = File::open(file).with_context(|| format!("can't read {}", file.display()))?;
    let size = opened.metadata().ok().map(|about| about.len());
    Ok((Box::new(opened), size))
}

/// Shows on a terminal how far the import is; elsewhere nothing.
fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{bar:30} {bytes} of {total_bytes}, {msg}, {eta} to go",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}, {msg}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
