//! Why keys stay as they are.

use sea_orm::DbErr;

use crate::access::{NoRandomness, Role};
use crate::administration::api_key::contract::{MAX_NAMES, MAX_QUOTA, TopicName};
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
    UnknownLocale {
        asked: String,
        known: String,
        /// Where it was asked for.
        field: &'static str,
    },
    #[error("there is no publication yet, and so no locale to name; import one first")]
    NoPublication {
        /// Where one was named.
        field: &'static str,
    },
    #[error("the role {0} has no contract; only a partner's key has one")]
    TakesNoContract(Role),
    #[error("a contract that binds to no {0} would let nothing pass; leave it out to bind to none")]
    BindsToNothing(&'static str),
    #[error("a contract names at most {MAX_NAMES} {0}")]
    TooMany(&'static str),
    #[error("there is no topic {0}")]
    UnknownTopic(TopicName),
    #[error("a quota is a whole number of units from 1 to {MAX_QUOTA}")]
    NoQuota,
    #[error("\"{}\" is no origin such as https://example.org", shown(.0))]
    NoOrigin(String),
    #[error("a key can't end before now")]
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
        let message = error.to_string();
        let (code, field) = match error {
            KeyError::NoName => (UserErrorCode::Invalid, "name"),
            KeyError::NameTaken(_) => (UserErrorCode::Taken, "name"),
            KeyError::NeedsLocales | KeyError::TakesNoLocales(_) => {
                (UserErrorCode::Invalid, "locales")
            }
            KeyError::UnknownLocale { field, .. } | KeyError::NoPublication { field } => {
                (UserErrorCode::UnknownLocale, field)
            }
            KeyError::TakesNoContract(_) => (UserErrorCode::Invalid, "contract"),
            KeyError::BindsToNothing(what) | KeyError::TooMany(what) => {
                (UserErrorCode::Invalid, field_of(what))
            }
            KeyError::UnknownTopic(_) => (UserErrorCode::NotFound, "contract.topicIds"),
            KeyError::NoQuota => (UserErrorCode::Invalid, "contract.dailyQuota"),
            KeyError::NoOrigin(_) => (UserErrorCode::Invalid, "contract.origins"),
            KeyError::ExpiresEarly => (UserErrorCode::Invalid, "expiresAt"),
            KeyError::NoOverlap => (UserErrorCode::Invalid, "overlapMinutes"),
            KeyError::Unknown => (UserErrorCode::NotFound, "id"),
            KeyError::Revoked(_) | KeyError::Expired(_) | KeyError::LastAdmin(_) => {
                (UserErrorCode::WrongState, "id")
            }
            KeyError::NoRandomness(error) => return Self::Fault(Error::Internal(error.into())),
            KeyError::Database(error) => return error.into(),
        };
        UserError::new(code, field, message).into()
    }
}

/// Where a contract has its locales, topics or origins.
fn field_of(what: &str) -> &'static str {
    match what {
        "locales" => "contract.locales",
        "topics" => "contract.topicIds",
        _ => "contract.origins",
    }
}
