//! Who asks.

use std::sync::Arc;

use super::permission::Operation;
use super::role::Role;
use crate::error::Error;

/// Who asks: nobody in particular, or the holder of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Caller {
    #[default]
    Anonymous,
    Key(Arc<KeyCaller>),
}

/// The holder of a valid key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCaller {
    pub id: i64,
    /// Unique for ever: a name is never given again.
    pub name: String,
    pub role: Role,
    /// The locales that a translator may write in; `None` for all others.
    pub locales: Option<Vec<String>>,
}

impl Caller {
    /// The key that was brought, if any.
    #[must_use]
    pub fn key(&self) -> Option<&KeyCaller> {
        match self {
            Self::Anonymous => None,
            Self::Key(key) => Some(key),
        }
    }

    /// Whether the caller may do this, in `locale` if it is done in one.
    ///
    /// It is asked before anything is looked up, so that a refusal tells
    /// nothing of what there is. An operation of [`Operation::in_own_locales`]
    /// is refused to a translator while its locale is not told.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] without a key, [`Error::Forbidden`] or
    /// [`Error::ForbiddenLocale`] with one that may not.
    pub fn may(&self, operation: Operation, locale: Option<&str>) -> Result<(), Error> {
        let key = self.key().ok_or(Error::Unauthenticated(operation))?;
        if key.role < operation.least() {
            let role = key.role;
            return Err(Error::Forbidden { operation, role });
        }
        if key.role > Role::Translator || !operation.in_own_locales() {
            return Ok(());
        }
        let own = key.locales.as_deref().unwrap_or_default();
        if locale.is_some_and(|locale| own.iter().any(|own| own == locale)) {
            return Ok(());
        }
        let locales = own.join(", ");
        Err(Error::ForbiddenLocale { operation, locales })
    }
}
