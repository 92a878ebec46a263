//! Why an import or an export ended without having done its work.

use std::io;

use sea_orm::DbErr;

use super::fault::Faults;
use crate::error::refusal::reason;

/// Why an import applied nothing.
#[derive(thiserror::Error, Debug)]
pub enum ImportError {
    #[error("{0}")]
    Faults(Faults),
    #[error("the input holds no record; nothing was applied")]
    Empty,
    /// The input broke off or is no gzip; `line` was the last that began.
    #[error("the input can't be read after line {line}: {source}; nothing was applied")]
    Read {
        line: u64,
        #[source]
        source: io::Error,
    },
    #[error("{}; nothing was applied", reason(.0))]
    Database(#[source] DbErr),
    #[error("the import was cut short; nothing was applied")]
    Interrupted,
}

/// Why an export is not whole.
#[derive(thiserror::Error, Debug)]
pub enum ExportError {
    #[error("there is no publication to export")]
    NoPublication,
    #[error("the output can't be written: {0}")]
    Write(#[source] io::Error),
    #[error("{}", reason(.0))]
    Database(#[source] DbErr),
    #[error("the export was cut short")]
    Interrupted,
}

impl From<DbErr> for ImportError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<DbErr> for ExportError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}
