//! All SQL of search.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

use super::document::Document;
use super::{postgres, sqlite};

/// Put documents into the index, in place of those that are there.
///
/// # Errors
/// If the database does not take them.
pub async fn index(tx: &DatabaseTransaction, documents: &[Document]) -> Result<(), DbErr> {
    if documents.is_empty() {
        return Ok(());
    }
    let statement = match tx.get_database_backend() {
        DbBackend::Sqlite => sqlite::insert(documents),
        _ => postgres::insert(documents),
    };
    tx.execute_raw(statement).await.map(|_| ())
}
