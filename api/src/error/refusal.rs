//! What a database's refusal means to whoever gave a command.

use sea_orm::error::ConnAcquireErr;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// What a database's refusal means, without its text.
#[must_use]
pub fn reason(error: &DbErr) -> &'static str {
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
