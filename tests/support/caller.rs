//! Callers of each role, for tests that need no key in the database.

use std::sync::Arc;

use masthead::access::{Caller, KeyCaller, Role};

/// The holder of a key of this role, named after it. A translator has no
/// locales: [`translator`] gives some.
#[must_use]
pub fn key(role: Role) -> Caller {
    caller(role, (role == Role::Translator).then(Vec::new))
}

/// The holder of a translator's key for these locales.
#[must_use]
pub fn translator(locales: &[&str]) -> Caller {
    let locales = locales.iter().map(|&locale| locale.to_owned()).collect();
    caller(Role::Translator, Some(locales))
}

fn caller(role: Role, locales: Option<Vec<String>>) -> Caller {
    Caller::Key(Arc::new(KeyCaller {
        // As no key of a database is.
        id: -1 - role as i64,
        name: role.to_string(),
        role,
        locales,
    }))
}
