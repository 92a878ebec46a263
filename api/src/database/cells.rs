//! The values of a row by their places among the columns that were selected.
//!
//! By name and with a check of its type, a value costs more to find than to
//! read. Here both are left out: the statement that selects says what stands
//! where.

use sea_orm::sqlx::postgres::PgRow;
use sea_orm::sqlx::sqlite::SqliteRow;
use sea_orm::sqlx::{self, ColumnIndex, Decode, Postgres, Row as _, Sqlite};
use sea_orm::{DbErr, QueryResult, RuntimeErr};

/// A row of either engine.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "rows hold texts")]
pub enum Cells<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

impl<'r> Cells<'r> {
    /// The values of `row`.
    ///
    /// # Errors
    /// If it is of none of our engines.
    pub fn of(row: &'r QueryResult) -> Result<Self, DbErr> {
        let sqlite = row.try_as_sqlite_row().map(Self::Sqlite);
        let postgres = || row.try_as_pg_row().map(Self::Postgres);
        sqlite
            .or_else(postgres)
            .ok_or_else(|| DbErr::Type("the row is of another engine".to_owned()))
    }

    /// Where the column of this name stands, from 0.
    ///
    /// # Errors
    /// If it was not selected.
    pub fn place(self, name: &str) -> Result<usize, DbErr> {
        match self {
            Self::Sqlite(row) => name.index(row),
            Self::Postgres(row) => name.index(row),
        }
        .map_err(unread)
    }

    /// The value at this place, taken for a `T`.
    ///
    /// # Errors
    /// If there is none, or it is null and `T` is not an `Option`.
    pub fn get<T>(self, place: usize) -> Result<T, DbErr>
    where
        T: Decode<'r, Sqlite> + Decode<'r, Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get_unchecked(place),
            Self::Postgres(row) => row.try_get_unchecked(place),
        }
        .map_err(unread)
    }
}

fn unread(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
