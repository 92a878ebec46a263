//! Every fault that a client can meet, and the one closed list of its codes.

pub mod refusal;

use std::error::Error as StdError;

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use crate::access::{Operation, OutOfScope, Role};
use crate::graphql::page::MAX_PAGE;

/// What `extensions.code` of an error may be. The list is closed and stable: a
/// code is never renamed, and the README has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The HTTP request is not a well-formed GraphQL request.
    BadRequest,
    /// The method is not served, or is one of those that only read and brings a
    /// mutation.
    MethodNotAllowed,
    /// No media type that `Accept` names can be answered.
    NotAcceptable,
    /// The body is not `application/json` in UTF-8.
    UnsupportedMediaType,
    /// The body is larger than the limit.
    BodyTooLarge,
    /// The query string of a GET is longer than the limit; a POST may do.
    UriTooLong,
    /// The request did not arrive within the limit.
    RequestTimeout,
    /// Nothing is served under this path.
    NotFound,
    /// No document is known by this hash or id.
    PersistedQueryNotFound,
    /// The hash is not that of the document sent with it.
    PersistedQueryMismatch,
    /// The document is none of those that this server answers.
    TrustedDocumentsOnly,
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document or its variables do not fit the schema.
    GraphqlValidationFailed,
    /// `operationName` names nothing in the document, or is needed.
    OperationNotFound,
    /// The document has more tokens than the limit.
    TooManyTokens,
    /// The document is nested deeper than the limit.
    QueryTooDeep,
    /// The document may answer with more fields than the limit.
    QueryTooComplex,
    /// The document has more aliases than the limit.
    TooManyAliases,
    /// The operation has more fields at its root than the limit.
    TooManyRootFields,
    /// The document has more directives than the limit.
    TooManyDirectives,
    /// The schema can't be asked for: introspection is switched off.
    IntrospectionDisabled,
    /// The filter has more conditions than the limit, or nests them deeper.
    FilterTooLarge,
    /// The answer took longer than the limit.
    Timeout,
    /// The client has asked for more than its share; later it may again.
    RateLimited,
    /// The key has used up what its contract gives it for a day.
    QuotaExceeded,
    /// The id is none that this API gave out, or of another type.
    InvalidId,
    /// The cursor is none that this API gave out, or of another list, another
    /// order or other locales.
    InvalidCursor,
    /// `first`, `last`, `after` and `before` do not go together, or are out of
    /// bounds.
    InvalidPage,
    /// A value is out of bounds or not of its form.
    InvalidValue,
    /// The publication has no such locale.
    UnknownLocale,
    /// This needs a key, and none was sent.
    Unauthenticated,
    /// The key is unknown, has expired or was revoked.
    InvalidKey,
    /// The key may not do this.
    Forbidden,
    /// The contract of the key leaves out what is asked for.
    OutOfScope,
    /// The contract of the key does not let pages of this origin use it.
    OriginNotAllowed,
    /// The preview token is none of this API, or has expired.
    InvalidPreviewToken,
    /// The database does not answer now; asking again later may help.
    DatabaseUnavailable,
    /// A fault of this server; the log has it under the request id.
    Internal,
}

impl Code {
    /// All codes, in the order of the README.
    pub const ALL: [Self; 38] = [
        Self::BadRequest,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::UriTooLong,
        Self::RequestTimeout,
        Self::NotFound,
        Self::PersistedQueryNotFound,
        Self::PersistedQueryMismatch,
        Self::TrustedDocumentsOnly,
        Self::GraphqlParseFailed,
        Self::GraphqlValidationFailed,
        Self::OperationNotFound,
        Self::TooManyTokens,
        Self::QueryTooDeep,
        Self::QueryTooComplex,
        Self::TooManyAliases,
        Self::TooManyRootFields,
        Self::TooManyDirectives,
        Self::IntrospectionDisabled,
        Self::FilterTooLarge,
        Self::Timeout,
        Self::RateLimited,
        Self::QuotaExceeded,
        Self::InvalidId,
        Self::InvalidCursor,
        Self::InvalidPage,
        Self::InvalidValue,
        Self::UnknownLocale,
        Self::Unauthenticated,
        Self::InvalidKey,
        Self::Forbidden,
        Self::OutOfScope,
        Self::OriginNotAllowed,
        Self::InvalidPreviewToken,
        Self::DatabaseUnavailable,
        Self::Internal,
    ];

    /// The code as clients see it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::UriTooLong => "URI_TOO_LONG",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
            Self::NotFound => "NOT_FOUND",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryMismatch => "PERSISTED_QUERY_MISMATCH",
            Self::TrustedDocumentsOnly => "TRUSTED_DOCUMENTS_ONLY",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::OperationNotFound => "OPERATION_NOT_FOUND",
            Self::TooManyTokens => "TOO_MANY_TOKENS",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyRootFields => "TOO_MANY_ROOT_FIELDS",
            Self::TooManyDirectives => "TOO_MANY_DIRECTIVES",
            Self::IntrospectionDisabled => "INTROSPECTION_DISABLED",
            Self::FilterTooLarge => "FILTER_TOO_LARGE",
            Self::Timeout => "TIMEOUT",
            Self::RateLimited => "RATE_LIMITED",
            Self::QuotaExceeded => "QUOTA_EXCEEDED",
            Self::InvalidId => "INVALID_ID",
            Self::InvalidCursor => "INVALID_CURSOR",
            Self::InvalidPage => "INVALID_PAGE",
            Self::InvalidValue => "INVALID_VALUE",
            Self::UnknownLocale => "UNKNOWN_LOCALE",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::InvalidKey => "INVALID_KEY",
            Self::Forbidden => "FORBIDDEN",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::OriginNotAllowed => "ORIGIN_NOT_ALLOWED",
            Self::InvalidPreviewToken => "INVALID_PREVIEW_TOKEN",
            Self::DatabaseUnavailable => "DATABASE_UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A fault. Its text is for people; its [`Code`] is for programs; its cause
/// goes to the log only.
#[derive(thiserror::Error, Debug)]
pub enum Error {
    #[error("\"{}\" is not an id of this API", shown(.0))]
    InvalidId(String),
    #[error("the id \"{}\" is of {}, not of {wanted}", shown(.id), shown(.found))]
    OtherId {
        id: String,
        found: String,
        wanted: &'static str,
    },
    #[error("\"{}\" is not a cursor of this API", shown(.0))]
    InvalidCursor(String),
    #[error("the cursor \"{}\" is of another list, another order or other locales", shown(.0))]
    OtherCursor(String),
    #[error("a page holds at most {MAX_PAGE}: \"{argument}\" can't be {asked}")]
    PageTooLarge { argument: &'static str, asked: i64 },
    #[error("\"{argument}\" can't be negative, as {asked} is")]
    PageNegative { argument: &'static str, asked: i64 },
    #[error(
        "\"{0}\" and \"{1}\" don't go together: page forward by \"first\" and \"after\", or backward by \"last\" and \"before\""
    )]
    PageBothWays(&'static str, &'static str),
    #[error("\"{argument}\" is {what}")]
    InvalidValue {
        argument: &'static str,
        what: String,
    },
    #[error("a series has at most {limit} points: narrow it by \"from\" and \"to\"")]
    SeriesTooLong { limit: u32 },
    #[error("a filter holds at most {limit} conditions, not {found}")]
    FilterTooLarge { limit: usize, found: usize },
    #[error("a filter holds at most {limit} values, not {found}")]
    FilterTooLong { limit: usize, found: usize },
    #[error("a filter nests its conditions at most {limit} deep, not {found}")]
    FilterTooDeep { limit: usize, found: usize },
    #[error("a filter holds at most {limit} conditions on other things, not {found}")]
    FilterTooWide { limit: usize, found: usize },
    #[error("the publication has no locale \"{}\"; it has {known}", shown(.asked))]
    UnknownLocale { asked: String, known: String },
    #[error("\"{0}\" needs an API key: send one as \"authorization: Bearer KEY\"")]
    Unauthenticated(Operation),
    /// One text for all three, so that it tells nothing of a key.
    #[error("the key is not valid: it is unknown, has expired or was revoked")]
    InvalidKey,
    #[error("\"{operation}\" needs the role {}; the key has the role {role}", .operation.least())]
    Forbidden { operation: Operation, role: Role },
    #[error("the key may do \"{operation}\" in its own locales alone: {locales}")]
    ForbiddenLocale {
        operation: Operation,
        locales: String,
    },
    #[error(transparent)]
    OutOfScope(#[from] OutOfScope),
    #[error("the preview token is not valid, or has expired")]
    InvalidPreviewToken,
    #[error("the database does not answer at the moment")]
    DatabaseUnavailable(#[source] DbErr),
    /// Logged once, at the edge, with its source. Clients see only this text.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    /// The code that clients see.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::InvalidId(_) | Self::OtherId { .. } => Code::InvalidId,
            Self::InvalidCursor(_) | Self::OtherCursor(_) => Code::InvalidCursor,
            Self::PageTooLarge { .. } | Self::PageNegative { .. } | Self::PageBothWays(..) => {
                Code::InvalidPage
            }
            Self::InvalidValue { .. } | Self::SeriesTooLong { .. } => Code::InvalidValue,
            Self::FilterTooLarge { .. }
            | Self::FilterTooLong { .. }
            | Self::FilterTooDeep { .. }
            | Self::FilterTooWide { .. } => Code::FilterTooLarge,
            Self::UnknownLocale { .. } => Code::UnknownLocale,
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::InvalidKey => Code::InvalidKey,
            Self::Forbidden { .. } | Self::ForbiddenLocale { .. } => Code::Forbidden,
            Self::OutOfScope(_) => Code::OutOfScope,
            Self::InvalidPreviewToken => Code::InvalidPreviewToken,
            Self::DatabaseUnavailable(_) => Code::DatabaseUnavailable,
            Self::Internal(_) => Code::Internal,
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_unavailable(&error) {
            Self::DatabaseUnavailable(error)
        } else {
            Self::Internal(error.into())
        }
    }
}

/// Whether the same statement may succeed later: no connection, a lock held
/// too long, a disk that is full, a server that is going down.
pub(crate) fn is_unavailable(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    };
    match cause.as_ref() {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        // Something between closed the line instead of the server.
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        SqlxError::Database(database) => database.code().is_some_and(|code| {
            // PostgreSQL: connection exceptions, rollbacks for others' sake,
            // resources, locks (55P03 is their timeout), operator intervention
            // (57014 is the statement timeout). SQLite's primary
            // codes: busy, locked, I/O, full, cannot open.
            ["08", "40", "53", "55", "57"]
                .iter()
                .any(|class| code.len() == 5 && code.starts_with(class))
                || code
                    .parse::<u32>()
                    .is_ok_and(|code| code < 10_000 && matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
        }),
        _ => false,
    }
}

/// What a client sent, as a text can show it: short, and without characters
/// that don't show.
#[must_use]
pub fn shown(sent: &str) -> String {
    const MOST: usize = 100;
    let mut shown: String = sent
        .chars()
        .take(MOST)
        .map(|character| match character.is_control() {
            true => char::REPLACEMENT_CHARACTER,
            false => character,
        })
        .collect();
    if sent.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// The fault behind an error of an answer, for the log.
#[must_use]
pub fn cause(error: &async_graphql::ServerError) -> Option<&Error> {
    error
        .source::<Error>()
        .or_else(|| error.source::<std::sync::Arc<Error>>().map(AsRef::as_ref))
}

/// The causes of `error`, outermost first, for the log and the terminal. One
/// whose text is in that of the error around it is left out.
pub fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = String> + 'a {
    let mut told = error.to_string();
    let chain = std::iter::successors(error.source(), |&cause| cause.source());
    chain.filter_map(move |cause| {
        let text = cause.to_string();
        let new = !told.contains(&text);
        told.clone_from(&text);
        new.then_some(text)
    })
}

/// `error` and its causes, as one line of the log.
#[must_use]
pub fn line(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    for cause in causes(error) {
        line.push_str(": ");
        line.push_str(&cause);
    }
    line
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::{Error, line};

    #[test]
    fn a_line_of_the_log_has_every_cause_once() {
        let disk = anyhow!("the disk is full");
        let statement = disk.context("the statement failed: the disk is full");

        let line = line(&Error::Internal(statement));

        assert_eq!(
            line,
            "internal error: the statement failed: the disk is full"
        );
    }
}
