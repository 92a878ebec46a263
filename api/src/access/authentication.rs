//! From the key that was sent to whom it is of.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::caller::{Caller, KeyCaller};
use super::contract::Contract;
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
    let rows = store::known(database, secret.prefix(), now.date_naive()).await?;
    let known = rows
        .first()
        .filter(|known| secret.has_hash(&known.hash) && known.is_valid(now))
        .ok_or(Error::InvalidKey)?;
    let bound = rows.iter().filter_map(|row| row.locale.clone()).collect();
    Ok(Caller::Key(Arc::new(KeyCaller {
        id: known.id,
        name: known.name.clone(),
        role: known.role.into(),
        locales: store::list_of(known.locales.as_deref())?,
        contract: known.contract(bound)?.map(Arc::new),
        used: units(known.cost),
    })))
}

/// Units of cost as they are stored.
fn units(stored: Option<i64>) -> u64 {
    stored.map_or(0, |units| u64::try_from(units).unwrap_or_default())
}

impl Known {
    fn is_valid(&self, now: DateTime<Utc>) -> bool {
        let ended = |end: Option<DateTime<Utc>>| end.is_some_and(|end| end <= now);
        self.revoked_at.is_none() && !ended(self.expires_at) && !ended(self.secret_expires_at)
    }

    /// The contract, which binds to the locales that are `bound` if to any.
    fn contract(&self, bound: Vec<String>) -> Result<Option<Contract>, DbErr> {
        let (Some(version), Some(content)) = (self.version, self.content) else {
            return Ok(None);
        };
        Ok(Some(Contract {
            key: self.id,
            version,
            locales: (self.binds_locales == Some(1)).then_some(bound),
            binds_topics: self.binds_topics == Some(1),
            content: content.into(),
            daily_quota: self.daily_quota.map(|quota| units(Some(quota))),
            origins: store::list_of(self.origins.as_deref())?,
        }))
    }
}
