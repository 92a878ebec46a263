//! Import and export of all content, in one documented format.

use std::io::{Read, Write};

use crate::clock::Clock;
use crate::database::Database;

/// Apply the records that `input` holds: all of them or none.
pub async fn import(
    _database: &Database,
    _clock: &Clock,
    _input: impl Read + Send + 'static,
    _options: ImportOptions,
) -> Result<ImportReport, anyhow::Error> {
    Ok(ImportReport::default())
}

/// Write all content to `output`, canonically.
pub async fn export(
    _database: &Database,
    _output: impl Write + Send + 'static,
) -> Result<(), anyhow::Error> {
    Ok(())
}

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Remove what the input does not name.
    pub prune: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {}
