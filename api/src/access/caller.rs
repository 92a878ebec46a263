//! Who asks.

use std::sync::Arc;

use super::contract::{Contract, Scope};
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
    /// What a partner may be served; `None`: what everyone may.
    pub contract: Option<Arc<Contract>>,
    /// Units of cost that all processes are known to have used it for today.
    pub used: u64,
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

    /// What the caller may be served; `None`: what everyone may.
    #[must_use]
    pub fn contract(&self) -> Option<&Arc<Contract>> {
        self.key().and_then(|key| key.contract.as_ref())
    }

    /// What the contract of the caller leaves of what is public; `None`: all.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        self.contract().and_then(|contract| contract.scope())
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
