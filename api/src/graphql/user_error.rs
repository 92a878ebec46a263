//! What a writer can get wrong: an answer, not an error.

use async_graphql::resolver_utils::EnumType as _;
use async_graphql::{Enum, ID, SimpleObject};
use sea_orm::DbErr;

use crate::error::Error;

/// What is wrong with a write. The list is closed: a code is never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum UserErrorCode {
    /// A value is not of its form, or out of bounds.
    Invalid,
    /// A text has nothing to read in it.
    Blank,
    /// A text has more characters than are kept.
    TooLong,
    /// There is nothing that this refers to.
    NotFound,
    /// Another one has this already: a slug, a number, a place, a name.
    Taken,
    /// A list has the same thing twice.
    Duplicate,
    /// The publication has no such locale.
    UnknownLocale,
    /// It was written since it was read. Both versions are told.
    StaleVersion,
    /// Something still uses it: what, is told.
    InUse,
    /// It is in a state in which this can't be done.
    WrongState,
    /// The idempotency key was used for another wish.
    IdempotencyKeyReused,
}

impl UserErrorCode {
    /// As clients see it, and as it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let mut items = Self::items().iter();
        let item = items.find(|item| item.value == self);
        item.map_or("", |item| item.name)
    }

    /// The code that `text` is.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let mut items = Self::items().iter();
        let item = items.find(|item| item.name == text);
        item.map(|item| item.value)
    }
}

/// Something that is wrong with a write. Nothing of it was done then.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// What is wrong, for programs.
    code: UserErrorCode,
    /// What is wrong, for people, in English.
    message: String,
    /// Where, as the path in the input; empty: in no field alone.
    field: Vec<String>,
    /// The version that the write expected; `null` unless it is stale.
    expected_version: Option<i32>,
    /// The version that is there; `null` unless the write is stale.
    current_version: Option<i32>,
    /// Ids of what uses it, at most 20; empty unless it is in use.
    used_by: Vec<ID>,
}

/// Why something was not written.
#[derive(Debug)]
pub enum Refused {
    /// What the writer got wrong.
    User(Vec<UserError>),
    /// A fault of the request or of the server.
    Fault(Error),
}

/// What is at most told of what uses a thing.
pub const MAX_USES: usize = 20;

impl UserError {
    /// Something wrong at `field`: the path in the input, without `input`
    /// itself, its parts joined by points.
    #[must_use]
    pub fn new(code: UserErrorCode, field: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: field.split('.').map(str::to_owned).collect(),
            expected_version: None,
            current_version: None,
            used_by: Vec::new(),
        }
    }

    /// Something wrong that is in no field alone.
    #[must_use]
    pub fn overall(code: UserErrorCode, message: impl Into<String>) -> Self {
        Self {
            field: Vec::new(),
            ..Self::new(code, "", message)
        }
    }

    /// What is wrong: for programs, and for people.
    #[must_use]
    pub fn what(&self) -> (UserErrorCode, &str) {
        (self.code, &self.message)
    }

    /// It was written since it was read.
    #[must_use]
    pub fn stale(expected: i32, current: i32) -> Self {
        Self {
            expected_version: Some(expected),
            current_version: Some(current),
            ..Self::new(
                UserErrorCode::StaleVersion,
                "expectedVersion",
                format!("it is at version {current}, not {expected}: read it again"),
            )
        }
    }

    /// Something still uses it: `used_by` has a few of the ids.
    #[must_use]
    pub fn in_use(field: &str, message: impl Into<String>, used_by: Vec<ID>) -> Self {
        Self {
            used_by,
            ..Self::new(UserErrorCode::InUse, field, message)
        }
    }
}

impl From<UserError> for Refused {
    fn from(error: UserError) -> Self {
        Self::User(vec![error])
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// What was wrong with a write that has ended; nothing where it was done.
#[must_use]
pub fn refused<T>(ended: Result<T, Vec<UserError>>) -> Vec<UserError> {
    ended.err().unwrap_or_default()
}

/// That the writer read what is there.
///
/// # Errors
/// If it was written since.
pub fn check_version(expected: i32, current: i32) -> Result<(), UserError> {
    if expected == current {
        return Ok(());
    }
    Err(UserError::stale(expected, current))
}

/// The payload of a mutation: the thing that it is about, and what was wrong.
macro_rules! payload {
    ($(#[$about:meta])* $name:ident { $(#[$field_about:meta])* $field:ident: $object:ty }) => {
        $(#[$about])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$field_about])*
            $field: Option<$object>,
            /// What is wrong with the input; empty where it was done.
            user_errors: Vec<$crate::graphql::user_error::UserError>,
        }

        impl $name {
            pub(super) fn new(
                $field: Option<$object>,
                user_errors: Vec<$crate::graphql::user_error::UserError>,
            ) -> Self {
                Self { $field, user_errors }
            }
        }
    };
}

pub(crate) use payload;
