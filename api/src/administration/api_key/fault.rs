//! Why keys stay as they are.

use sea_orm::DbErr;

use crate::access::{NoRandomness, Role};
use crate::administration::api_key::keys::MAX_NAME;
use crate::error::refusal::reason;
use crate::error::{Error, shown};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

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
    #[error("a former secret lives on for 0 to 30 days")]
    NoOverlap,
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

impl From<KeyError> for Refused {
    fn from(error: KeyError) -> Self {
        let (code, field) = match error {
            KeyError::NoName => (UserErrorCode::Invalid, "name"),
            KeyError::NameTaken(_) => (UserErrorCode::Taken, "name"),
            KeyError::NeedsLocales | KeyError::TakesNoLocales(_) => {
                (UserErrorCode::Invalid, "locales")
            }
            KeyError::UnknownLocale { .. } | KeyError::NoPublication => {
                (UserErrorCode::UnknownLocale, "locales")
            }
            KeyError::ExpiresEarly => (UserErrorCode::Invalid, "expiresAt"),
            KeyError::NoOverlap => (UserErrorCode::Invalid, "overlapMinutes"),
            KeyError::Unknown => (UserErrorCode::NotFound, "id"),
            KeyError::Revoked(_) | KeyError::Expired(_) | KeyError::LastAdmin(_) => {
                (UserErrorCode::WrongState, "id")
            }
            KeyError::NoRandomness(error) => return Self::Fault(Error::Internal(error.into())),
            KeyError::Database(error) => return error.into(),
        };
        UserError::new(code, field, error.to_string()).into()
    }
}
