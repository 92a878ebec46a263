//! The sample publication, in the content format.

use anyhow::Context;

use crate::clock::Clock;
use crate::content::exchange::{ImportOptions, import};
use crate::content::publication;
use crate::database::Database;

/// Six weekly issues in English, Belarusian and Russian.
pub const PUBLICATION: &[u8] = include_bytes!("../../demo/publication.jsonl");

/// Load the sample publication, unless there is a publication already; whether
/// it was loaded.
///
/// # Errors
/// If the database does not answer.
pub async fn load(database: &Database, clock: &Clock) -> anyhow::Result<bool> {
    if publication::exists(database).await? {
        return Ok(false);
    }
    import(database, clock, PUBLICATION, ImportOptions::default())
        .await
        .context("the sample publication can't be loaded")?;
    Ok(true)
}
