//! Why an import or an export ended without having done its work.

use std::io;

use sea_orm::error::ConnAcquireErr;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

use super::fault::Faults;

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

/// What a database's refusal means, without its text.
fn reason(error: &DbErr) -> &'static str {
    let cause = match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause.as_ref(),
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => {
            return "the database is busy with another writer";
        }
        DbErr::ConnectionAcquire(_) => return "the database does not answer",
        _ => return "the database can't do this",
    };
    match cause {
        SqlxError::Database(refusal) => refusal
            .code()
            .map_or("the database refuses", |code| of_code(&code)),
        SqlxError::PoolTimedOut => "the database is busy with another writer",
        SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::PoolClosed | SqlxError::WorkerCrashed => {
            "the database does not answer"
        }
        _ => "the database can't do this",
    }
}

/// SQLite's primary result codes, and PostgreSQL's classes of SQLSTATE.
fn of_code(code: &str) -> &'static str {
    if code.len() == 5 {
        return match code {
            "53100" => "the database's disk is full",
            "55P03" => "the database is busy with another writer",
            "42P01" | "42703" => "the database's schema is not up to date; run `masthead migrate`",
            "25006" => "the database is read-only",
            _ if ["08", "53", "57"]
                .iter()
                .any(|class| code.starts_with(class)) =>
            {
                "the database does not answer"
            }
            _ => "the database refuses",
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(1) => "the database's schema is not up to date; run `masthead migrate`",
        Ok(5 | 6) => "the database is busy with another writer",
        Ok(8) => "the database is read-only",
        Ok(10 | 14) => "the database does not answer",
        Ok(11 | 26) => "the database file is damaged",
        Ok(13) => "the database's disk is full",
        _ => "the database refuses",
    }
}
