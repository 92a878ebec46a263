//! From the key that was sent to whom it is of.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::caller::{Caller, KeyCaller};
use super::secret::Secret;
use super::store::{self, Known};
use crate::database::Database;
use crate::error::Error;

/// Whose key was sent, if it is valid at `now`. One statement.
///
/// # Errors
/// [`Error::InvalidKey`] if it is not: unknown, expired and revoked alike. Or
/// the database does not answer.
pub async fn authenticate(
    database: &Database,
    now: DateTime<Utc>,
    sent: &str,
) -> Result<Caller, Error> {
    let secret = Secret::read(sent).ok_or(Error::InvalidKey)?;
    let known = store::known(database, secret.prefix()).await?;
    let known = known
        .filter(|known| secret.has_hash(&known.hash) && known.is_valid(now))
        .ok_or(Error::InvalidKey)?;
    Ok(Caller::Key(Arc::new(KeyCaller {
        locales: store::locales_of(known.locales.as_deref())?,
        id: known.id,
        name: known.name,
        role: known.role.into(),
    })))
}

impl Known {
    fn is_valid(&self, now: DateTime<Utc>) -> bool {
        let ended = |end: Option<DateTime<Utc>>| end.is_some_and(|end| end <= now);
        self.revoked_at.is_none() && !ended(self.expires_at) && !ended(self.secret_expires_at)
    }
}
