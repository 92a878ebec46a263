//! Why keys stay as they are.

use sea_orm::DbErr;

use crate::access::{NoRandomness, Role};
use crate::administration::api_key::keys::MAX_NAME;
use crate::error::refusal::reason;
use crate::error::shown;

/// Why keys stay as they are.
#[derive(thiserror::Error, Debug)]
pub enum KeyError {
    #[error("a name has 1 to {MAX_NAME} characters, all of which show, and no space at its ends")]
    NoName,
    #[error("the name \"{}\" is taken; a name is never given twice, not even after its key was revoked", shown(.0))]
    NameTaken(String),
    #[error("a translator's key needs the locales that it may write in")]
    NeedsLocales,
    #[error("the role {0} writes in all locales or in none; only a translator's key has its own")]
    TakesNoLocales(Role),
    #[error("the publication has no locale \"{}\"; it has {known}", shown(.asked))]
    UnknownLocale { asked: String, known: String },
    #[error("there is no publication yet, and so no locale to translate into; import one first")]
    NoPublication,
    #[error("a key can't expire before it is made")]
    ExpiresEarly,
    #[error("an old secret lives on for at most 30 days")]
    OverlapTooLong,
    #[error("there is no such key")]
    Unknown,
    #[error("the key {0} was revoked")]
    Revoked(String),
    #[error("the key {0} has expired; make another")]
    Expired(String),
    #[error("{0} is the last key of an admin; make another first")]
    LastAdmin(String),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("{}; nothing was changed", reason(.0))]
    Database(#[source] DbErr),
}

impl From<DbErr> for KeyError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}
