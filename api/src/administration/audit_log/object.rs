//! An entry of the audit log as admins see it.

use async_graphql::{ID, Object};
use masthead_entities::audit_log::Model;

use crate::graphql::id::encode;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Locale, Moment};

/// Something that was done. Entries are only added: none is ever changed or
/// removed.
#[derive(Clone, Debug)]
pub struct AuditLogEntry(Model);

impl Ready for AuditLogEntry {}

impl AuditLogEntry {
    /// The entry of `row`.
    pub(super) const fn new(row: Model) -> Self {
        Self(row)
    }
}

/// Something that was done. Entries are only added: none is ever changed or
/// removed.
#[Object]
impl AuditLogEntry {
    /// Its id.
    async fn id(&self) -> ID {
        encode("AuditLogEntry", self.0.id)
    }

    /// When it was done.
    async fn happened_at(&self) -> Moment {
        Moment(self.0.happened_at)
    }

    /// Who did it: the name of a key, `command line`, or `server` for what the
    /// server did by itself.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What was done: the name of a mutation or of a command.
    async fn operation(&self) -> &str {
        &self.0.operation
    }

    /// The id of the thing that it was done to, which may be gone since;
    /// `null`: to the publication, or to none alone.
    async fn thing(&self) -> Option<ID> {
        let thing = self.0.thing.as_deref().zip(self.0.thing_id);
        thing.map(|(type_name, id)| encode(type_name, id))
    }

    /// What the thing was known by then: a slug, the number of an issue, the
    /// key of an article, the name of an API key; `null` without a thing.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The locale of the words that it was done to, or that the publication got
    /// or lost; `null`: to facts that all locales share.
    async fn locale(&self) -> Option<Locale> {
        self.0.locale.clone().map(Locale)
    }

    /// The version that was there before; `null`: it was new, or has none.
    async fn from_version(&self) -> Option<i32> {
        self.0.from_version
    }

    /// The version that was there after; `null`: it was removed, or has none.
    async fn to_version(&self) -> Option<i32> {
        self.0.to_version
    }

    /// What else is to be said of it, in English; `null`: nothing.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
}
