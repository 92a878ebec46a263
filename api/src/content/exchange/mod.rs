//! Import and export of all content, in one documented format: JSON Lines, one
//! record a line, the publication first, then topics, authors, issues and
//! articles.
//!
//! An import is an upsert by natural key in one transaction. A thread reads
//! and checks the input and hands it over in batches; each batch is compared
//! with what is stored, and what differs is written. An input that is wrong
//! anywhere is read to its end all the same, so that all of it is told, and
//! then nothing is applied. What is held in memory is a batch or two, and for
//! each record a few small keys.
//!
//! Limits: a line has at most 16 MiB; a slug or a key 200 characters, a name or
//! a title 500, a lead, a description or a bio 10,000, a body 2,000,000, a URL
//! or a path 2,000; dates and times lie in the years 1 to 9999, times are cut
//! to microseconds.

mod check;
mod error;
mod export;
mod fault;
mod fields;
mod import;
mod json;
mod parse;
mod publication;
mod read;
mod record;
mod report;
mod store;
mod value;

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use crate::clock::Clock;
use crate::database::Database;

pub use error::{ExportError, ImportError};
pub use fault::{Fault, Faults, MAX_SHOWN};
pub use read::MAX_LINE;
pub use report::{Counts, ExportReport, ImportReport, Warning, Warnings};

/// Apply the records that `input` holds, plain or gzip: all of them or none.
///
/// Dropping the future leaves nothing behind.
///
/// # Errors
/// If a record is wrong, the input can't be read, or the database can't take
/// it. Nothing is applied then.
pub async fn import(
    database: &Database,
    clock: &Clock,
    input: impl Read + Send + 'static,
    options: ImportOptions,
) -> Result<ImportReport, ImportError> {
    import::run(database, clock, input, options).await
}

/// Write all content to `output`, canonically: the same content is the same
/// bytes, on either engine. It is one snapshot, whatever is written meanwhile.
///
/// # Errors
/// If there is no publication, the database does not answer, or `output` can't
/// be written.
pub async fn export(
    database: &Database,
    output: impl Write + Send + 'static,
) -> Result<ExportReport, ExportError> {
    export::run(database, output).await
}

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Remove what the input does not name: articles, issues, topics, authors,
    /// translations and locales.
    pub prune: bool,
    /// Told after each batch how far the import is.
    pub progress: Option<Progress>,
}

/// Whom to tell how far an import is.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(Advance) + Send + Sync>);

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    /// Records that are dealt with.
    pub records: u64,
    /// Bytes of the input that have been read, before they are unpacked.
    pub bytes: u64,
}

impl Progress {
    /// Tell `listener`.
    pub fn new(listener: impl Fn(Advance) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    fn tell(&self, advance: Advance) {
        (self.0)(advance);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Progress")
    }
}
