//! What becomes of schedules whose key is revoked.

use masthead_entities::schedule::State;
use sea_orm::DbErr;

use super::firing::note;
use super::store;
use crate::access::Operation;
use crate::content::writing::Writing;

/// Cancel all that is to come of whoever holds a key: what a revoked key may no
/// longer do is not done in its name either. The answer is how many there were.
///
/// # Errors
/// If the database does not answer.
pub async fn cancel_of_key(writing: &mut Writing, key: i64) -> Result<usize, DbErr> {
    let rows = store::pending_of(writing.tx(), key).await?;
    for row in &rows {
        let cancelled = (State::Cancelled, writing.now());
        store::end(writing.tx(), row.id, cancelled, None).await?;
        let why = Some("with its key");
        note(writing, Operation::ScheduleCancel.as_str(), row, why).await?;
    }
    Ok(rows.len())
}
