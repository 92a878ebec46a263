//! What a request names its document by, and why there may be none.

use std::borrow::Cow;

use crate::error::{Code, shown};

/// How a request names its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    Text(Cow<'a, str>),
    /// `documentId` (GraphQL over HTTP, appendix on persisted documents).
    Id(Cow<'a, str>),
    /// `extensions.persistedQuery.sha256Hash`. Clients that have a manifest
    /// send the ids of it here.
    Hash {
        hash: Cow<'a, str>,
        text: Option<Cow<'a, str>>,
    },
}

/// Why there is no document.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Clients know by this very text that they are to send the document too.
    #[error("PersistedQueryNotFound")]
    UnknownHash,
    #[error("there is no document with the id \"{}\"", shown(.0))]
    UnknownId(String),
    #[error("the hash \"{}\" is not SHA-256 in 64 hexadecimal digits", shown(.0))]
    MalformedHash(String),
    #[error("the hash \"{}\" is not that of the text sent with it", shown(.0))]
    Mismatch(String),
    #[error("only trusted documents are answered here: send the id of one")]
    TrustedOnly,
}

impl Unresolved {
    /// The code that clients see.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::UnknownHash | Self::UnknownId(_) => Code::PersistedQueryNotFound,
            Self::MalformedHash(_) => Code::BadRequest,
            Self::Mismatch(_) => Code::PersistedQueryMismatch,
            Self::TrustedOnly => Code::TrustedDocumentsOnly,
        }
    }
}
