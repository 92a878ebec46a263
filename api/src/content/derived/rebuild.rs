//! Making all forms anew: after an upgrade, or when told to.

use sea_orm::DbErr;

use super::{VERSION, derive, store};
use crate::content::collation;
use crate::content::store::analyze;
use crate::content::writing::{Patience, begin_alone};
use crate::database::Database;

/// How many translations are read at a time: bodies are long.
const BATCH: u64 = 200;

/// What a rebuild did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Translations of articles whose forms were made.
    pub translations: u64,
}

/// Whether all stored forms are those that this program makes, or those of a
/// newer one that runs beside it.
///
/// # Errors
/// If the database does not answer, or its migrations are not applied.
pub async fn is_current(database: &Database) -> Result<bool, DbErr> {
    Ok(store::version(database.reader()).await? >= VERSION)
}

/// Make all forms anew if they are older than those that this program makes;
/// what was done, if anything. Of several processes that start together one does
/// it, and the others wait for it.
///
/// # Errors
/// If the database does not answer.
pub async fn refresh(database: &Database) -> Result<Option<Rebuilt>, DbErr> {
    if is_current(database).await? {
        return Ok(None);
    }
    run(database, Needed::IfNotCurrent, |_| ()).await
}

/// Make all forms anew, whatever is stored. `progress` is told after each
/// batch how many translations are done.
///
/// # Errors
/// If the database does not answer. Then all is as it was.
pub async fn rebuild(database: &Database, progress: impl Fn(u64) + Send) -> Result<Rebuilt, DbErr> {
    let rebuilt = run(database, Needed::Always, progress).await?;
    Ok(rebuilt.unwrap_or_default())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needed {
    Always,
    IfNotCurrent,
}

/// One transaction: readers see the old forms until all are new.
async fn run(
    database: &Database,
    needed: Needed,
    progress: impl Fn(u64) + Send,
) -> Result<Option<Rebuilt>, DbErr> {
    let (tx, turn) = begin_alone(database, Patience::Long).await?;
    if needed == Needed::IfNotCurrent && store::version(&tx).await? >= VERSION {
        return Ok(None);
    }
    let mut rebuilt = Rebuilt::default();
    let mut last = i64::MIN;
    loop {
        let words = store::after(&tx, last, BATCH).await?;
        let Some(end) = words.last() else {
            break;
        };
        last = end.translation_id;
        rebuilt.translations += words.len() as u64;
        derive(&tx, words).await?;
        progress(rebuilt.translations);
    }
    collation::rebuild(&tx).await?;
    store::set_version(&tx, VERSION).await?;
    tx.commit().await?;
    drop(turn);
    if rebuilt.translations > 0 {
        analyze(database).await;
    }
    Ok(Some(rebuilt))
}
