//! Why endpoints stay as they are.

use sea_orm::DbErr;

use super::endpoint::MAX_ENDPOINTS;
use crate::access::NoRandomness;
use crate::client::GuardError;
use crate::error::{Error, shown};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Why endpoints, and what they are told, stay as they are.
#[derive(thiserror::Error, Debug)]
pub(super) enum EndpointError {
    #[error("there are {MAX_ENDPOINTS} endpoints, and can't be more; delete one first")]
    TooMany,
    #[error("{0}")]
    Url(#[from] GuardError),
    #[error("a description has at most 200 characters, all of which show")]
    NoDescription,
    #[error("a ping is sent when it is asked for, by webhookEndpointTest")]
    Ping,
    #[error("the publication has no locale \"{}\"; it has {known}", shown(.asked))]
    UnknownLocale { asked: String, known: String },
    #[error("there is no such endpoint")]
    Unknown,
    #[error("there is no such delivery")]
    NoDelivery,
    #[error("the endpoint is disabled; enable it first")]
    Disabled,
    #[error("the delivery waits to be sent as it is")]
    Waits,
    #[error("what happened can be told again for 30 days")]
    NoSuchTime,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<EndpointError> for Refused {
    fn from(error: EndpointError) -> Self {
        let (code, field) = match error {
            EndpointError::TooMany => {
                let code = UserErrorCode::WrongState;
                return UserError::overall(code, error.to_string()).into();
            }
            EndpointError::Url(_) => (UserErrorCode::Invalid, "url"),
            EndpointError::NoDescription => (UserErrorCode::Invalid, "description"),
            EndpointError::Ping => (UserErrorCode::Invalid, "events"),
            EndpointError::UnknownLocale { .. } => (UserErrorCode::UnknownLocale, "locales"),
            EndpointError::Unknown | EndpointError::NoDelivery => (UserErrorCode::NotFound, "id"),
            EndpointError::Disabled | EndpointError::Waits => (UserErrorCode::WrongState, "id"),
            EndpointError::NoSuchTime => (UserErrorCode::Invalid, "since"),
            EndpointError::NoRandomness(error) => {
                return Self::Fault(Error::Internal(error.into()));
            }
            EndpointError::Database(error) => return error.into(),
        };
        UserError::new(code, field, error.to_string()).into()
    }
}
